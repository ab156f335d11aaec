import { parseTfvars } from '@quakewire/scaling';
import { type ReadBackPorts, readBack } from '../read-back/read-back.ts';
import type { SmokeResult } from './manifest.ts';

/** What became of a channel's test endpoints. */
export interface ToldTestEndpoints {
  channel: string;
  /** False where not everybody's fate was known in time. */
  isComplete: boolean;
  eligible: number;
  accepted: number;
}

export interface SmokePorts extends ReadBackPorts {
  /**
   * Sends one heartbeat through a channel's alias: the function must start with its secrets and answer. Nobody is told.
   * @returns What went wrong, or undefined.
   */
  startConsumer(channel: string): Promise<string | undefined>;
  /** Tells the test endpoints of these channels by an exercise, the whole way from Kafka to the provider. */
  tellTestEndpoints(channels: readonly string[]): Promise<ToldTestEndpoints[]>;
  nowMs(): number;
}

type Check = SmokeResult['checks'][number];

/**
 * What is in force after an apply, compared with the scaling file, whether every consumer starts, and whether each channel's
 * test endpoint is told.
 */
export async function smokeTest(scalingText: string, ports: SmokePorts): Promise<SmokeResult> {
  const tfvars = parseTfvars(scalingText);
  const channels = Object.keys(tfvars.scaling.channels);
  const differences = await readBack(tfvars, { expectNewestCode: true }, ports);
  const inForce = checkOf('in force as applied', differences.join(' '));
  const starts = await Promise.all(channels.map((channel) => checkStart(channel, ports)));
  const checks = [inForce, ...starts, ...(await checkTestEndpoints(channels, ports))];
  return {
    checkedAt: new Date(ports.nowMs()).toISOString(),
    passed: checks.every(({ passed }) => passed),
    checks,
  };
}

/** @param problem Empty: there is none. */
const checkOf = (name: string, problem: string): Check => ({ name, passed: problem === '', detail: problem });

async function checkStart(channel: string, { startConsumer }: SmokePorts): Promise<Check> {
  const problem = await startConsumer(channel).catch(messageOf);
  return checkOf(`consumer of ${channel} starts`, problem ?? '');
}

/** A channel that a person disabled tells nobody: its test would stay open until it expires. */
async function checkTestEndpoints(channels: readonly string[], ports: SmokePorts): Promise<Check[]> {
  const states = await Promise.all(
    channels.map(async (channel) => (await ports.consumers.read(channel)).mapping.state),
  );
  const enabled = channels.filter((_, at) => states[at] !== 'Disabled');
  if (enabled.length === 0) return [];
  const told = await ports.tellTestEndpoints(enabled).catch(messageOf);
  return enabled.map((channel) => {
    const problem = typeof told === 'string' ? told : problemOf(told.find((one) => one.channel === channel));
    return checkOf(`test endpoint of ${channel} is told`, problem);
  });
}

function problemOf(told: ToldTestEndpoints | undefined): string {
  if (told?.eligible === 0 && told.isComplete) return 'There is none: npm run test-endpoints -- --help.';
  if (!told?.isComplete) return 'The exercise was not complete in time: is there a leader, is the mapping polling?';
  if (told.accepted === told.eligible) return '';
  return `The provider accepted ${told.accepted} of ${told.eligible}: npm run alert-report says why.`;
}

const messageOf = (error: Error): string => error.message;
