import type { ScalerFlags } from '@quakewire/core';

/** What the port `ScalerFlags` promises, for any implementation. Each test gets an empty store whose time is `nowMs`. */
export function scalerFlagsContract(name: string, createFlags: (nowMs: () => number) => Promise<ScalerFlags>): void {
  describe(`${name} keeps the contract of the scaler's flags`, () => {
    const pause = { reason: 'rolled back to infra/dev/1', sinceMs: 1_000 };

    it('knows none in the beginning', async () => {
      expect(await (await createFlags(() => 1_000)).read()).toEqual({});
    });

    it('tells who raised a flag and why, until it is lowered', async () => {
      const flags = await createFlags(() => 1_000);
      await flags.raise('paused', pause);
      await flags.raise('deployInFlight', { reason: 'deployment', sinceMs: 1_000 });
      expect(await flags.read()).toEqual({ paused: pause, deployInFlight: { reason: 'deployment', sinceMs: 1_000 } });
      await flags.lower('deployInFlight');
      expect(await flags.read()).toEqual({ paused: pause });
    });

    it('lets one that has an end fall by itself', async () => {
      let nowMs = 1_000;
      const flags = await createFlags(() => nowMs);
      await flags.raise('deployInFlight', { reason: 'deployment', sinceMs: 1_000, untilMs: 2_000 });
      nowMs = 1_999;
      expect(Object.keys(await flags.read())).toEqual(['deployInFlight']);
      nowMs = 2_000;
      expect(await flags.read()).toEqual({});
    });

    it('may lower what is not raised', async () => {
      const flags = await createFlags(() => 1_000);
      await flags.lower('paused');
      expect(await flags.read()).toEqual({});
    });
  });
}
