import { setTimeout as delay } from 'node:timers/promises';
import { describeFault, type Fault } from './fault.ts';

export interface PlayPorts {
  /** Resolves with what came of the fault when the part is well again. */
  strike(fault: Fault): Promise<string>;
  say(line: string): void;
}

/** Strikes at each fault's time, counted from now; resolves when every part is well again. */
export async function playSchedule(faults: readonly Fault[], { strike, say }: PlayPorts): Promise<void> {
  const startedAtMs = performance.now();
  await Promise.all(
    faults.map(async (fault) => {
      await delay(Math.max(0, fault.atMs - (performance.now() - startedAtMs)));
      say(`  ${describeFault(fault)} ...`);
      say(`  ${describeFault(fault)}: ${await strike(fault)}`);
    }),
  );
}
