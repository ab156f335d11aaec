import { parseTfvars } from '@quakewire/scaling';
import { type ReadBackPorts, readBack } from '../read-back/read-back.ts';
import type { SmokeResult } from './manifest.ts';

export interface SmokePorts extends ReadBackPorts {
  /**
   * Sends one heartbeat through a channel's alias: the function must start with its secrets and answer. Nobody is told.
   * @returns What went wrong, or undefined.
   */
  startConsumer(channel: string): Promise<string | undefined>;
  nowMs(): number;
}

/** What is in force after an apply, compared with the scaling file, and whether every consumer starts. */
export async function smokeTest(scalingText: string, ports: SmokePorts): Promise<SmokeResult> {
  const tfvars = parseTfvars(scalingText);
  const differences = await readBack(tfvars, { expectNewestCode: true }, ports);
  const starts = await Promise.all(
    Object.keys(tfvars.scaling.channels).map(async (channel) => {
      const problem = await ports.startConsumer(channel).catch((error: Error) => error.message);
      return { name: `consumer of ${channel} starts`, passed: problem === undefined, detail: problem ?? '' };
    }),
  );
  const inForce = { name: 'in force as applied', passed: differences.length === 0, detail: differences.join(' ') };
  const checks = [inForce, ...starts];
  return {
    checkedAt: new Date(ports.nowMs()).toISOString(),
    passed: checks.every(({ passed }) => passed),
    checks,
  };
}
