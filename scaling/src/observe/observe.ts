import type { Observation, ProviderQuota } from '../decide/observation.ts';
import { ownValue } from '../decide/own-value.ts';
import type { Policy } from '../decide/policy.ts';
import { observeCounts } from './observe-counts.ts';
import { observeLive } from './observe-live.ts';
import type { ObservePorts, OnFailure } from './observe-ports.ts';
import { observeSends } from './observe-sends.ts';

export interface ObserveInput {
  policy: Policy;
  /** Endpoints by channel that the last sizing went by (`carried.endpoints`): what a fall is measured against. */
  lastCounts: Readonly<Record<string, number>>;
  ports: ObservePorts;
  onFailure: OnFailure;
}

/**
 * Reads everything that `decide` needs. An input that cannot be read is marked as failed, so that its channel, or
 * everything, is held; a flag that cannot be read is left out, which counts as set.
 */
export async function observe({ policy, lastCounts, ports, onFailure }: ObserveInput): Promise<Observation> {
  const names = policy.channels.map((channel) => channel.name);
  const asked = policy.channels.filter((channel) => channel.liveQuota).map((channel) => channel.name);
  const { maximumInputAgeSeconds } = policy;
  const [counts, quotas, live, flags, inFlight, sends] = await Promise.all([
    observeCounts({ names, lastCounts, maximumInputAgeSeconds, ports, onFailure }),
    byName(asked, (name) => readQuota(name, ports, onFailure)),
    observeLive(names, ports, onFailure),
    ports.flags().catch((error: unknown) => void onFailure('flags', error)),
    observeOpenRuns(names, ports).catch((error: unknown) => void onFailure('open runs', error)),
    observeSends(names, maximumInputAgeSeconds, ports, onFailure),
  ]);
  return {
    schemaVersion: 1,
    ...flags,
    ...inFlight,
    endpointsByChannelAndCountry: counts,
    providerQuotas: quotas,
    ...sends,
    live,
  };
}

/** Any kind of an exercise's alert is a run of urgency `exercise`. */
async function observeOpenRuns(
  names: string[],
  ports: ObservePorts,
): Promise<Pick<Observation, 'alertInFlight' | 'drillInFlight'>> {
  const isExercise = (await ports.openRuns(names)).map(({ urgency }) => urgency === 'exercise');
  return { alertInFlight: isExercise.includes(false), drillInFlight: isExercise.includes(true) };
}

async function readQuota(name: string, ports: ObservePorts, onFailure: OnFailure): Promise<ProviderQuota> {
  try {
    const read = ownValue(ports.quotas, name);
    if (read === undefined) throw new Error('this channel has no provider that can be asked; set liveQuota to false');
    return { status: 'ok', ageSeconds: 0, ...(await read()) };
  } catch (error) {
    onFailure(`provider quota of ${name}`, error);
    return { status: 'failed' };
  }
}

async function byName<T>(names: string[], read: (name: string) => Promise<T>): Promise<Record<string, T>> {
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)] as const)));
}
