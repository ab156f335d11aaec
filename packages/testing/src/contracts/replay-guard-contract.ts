import type { ReplayGuard } from '@quakewire/core';
import { originTimeMs } from '../builders.ts';

/** What the port `ReplayGuard` promises, for any implementation. Each test gets an empty one. */
export function replayGuardContract(name: string, create: () => Promise<ReplayGuard>): void {
  const untilMs = originTimeMs + 600_000;

  describe(`${name} keeps the contract of the replay guard`, () => {
    it('admits each digest once', async () => {
      const guard = await create();
      expect(await guard.admit('a', untilMs)).toBe(true);
      expect(await guard.admit('a', untilMs)).toBe(false);
      expect(await guard.admit('b', untilMs)).toBe(true);
    });

    it('admits one of many who show the same digest at once', async () => {
      const guard = await create();
      const admitted = await Promise.all(Array.from({ length: 8 }, () => guard.admit('a', untilMs)));
      expect(admitted.filter(Boolean)).toHaveLength(1);
    });
  });
}
