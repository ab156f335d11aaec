import { setTimeout as delay } from 'node:timers/promises';
import { describeFault, type Fault } from './fault.ts';

export interface PlayPorts {
  /** Resolves with what came of the fault when the part is well again; undefined: there was nobody to strike. */
  strike(fault: Fault): Promise<string | undefined>;
  say(line: string): void;
}

/** Strikes at each fault's time, counted from now. @returns those that struck, when every part is well again. */
export async function playSchedule(faults: readonly Fault[], { strike, say }: PlayPorts): Promise<Fault[]> {
  const startedAtMs = performance.now();
  const struck = await Promise.all(
    faults.map(async (fault) => {
      await delay(Math.max(0, fault.atMs - (performance.now() - startedAtMs)));
      say(`  ${describeFault(fault)} ...`);
      const came = await strike(fault);
      say(`  ${describeFault(fault)}: ${came ?? 'nobody to strike'}`);
      return came !== undefined;
    }),
  );
  return faults.filter((_, at) => struck[at]);
}
