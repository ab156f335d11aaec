import { assembleSizing } from './assemble-sizing.ts';
import { capacityOf } from './capacity.ts';
import { fitBudgets } from './fit-budgets.ts';
import { frozenReasons } from './frozen.ts';
import type { Observation } from './observation.ts';
import { ownValue } from './own-value.ts';
import { parsePolicy } from './parse-policy.ts';
import type { Policy, PolicyInput } from './policy.ts';
import type { Reason } from './reason.ts';
import { settleProducer } from './settle-producer.ts';
import { sizeChannel } from './sized-channel.ts';
import type { Capacity, Carried, ChannelCapacity, Sizing } from './sizing.ts';
import { type TrustedLive, trustLive } from './trust-inputs.ts';

/**
 * Decides the sizing from what was observed: pure, whole numbers only, the same output for the same input.
 * The provider's rate decides how fast, the number of endpoints how long; anything that cannot be trusted is held.
 * @param previousSizing The sizing of the last run, or null before the first.
 * @throws {PolicyError} A refused policy; the message begins with the setting's full name.
 */
export function decide(observation: Observation, policy: PolicyInput, previousSizing: Sizing | null): Sizing {
  const settings = parsePolicy(policy);
  const capacity = previousSizing?.capacity ?? null;
  const carried = previousSizing?.carried ?? nothingCarried;
  const frozen = frozenReasons(observation);
  if (frozen.length > 0) return keep('frozen', frozen, { capacity, carried });
  const live = trustLive(observation.live, settings);
  if (live === null)
    return keep('hold', [{ code: 'HELD_LIVE_UNKNOWN' }], { capacity, carried: forgetTargets(carried) });
  return decideOnLive(observation, settings, { capacity, carried }, live);
}

type Previous = Pick<Sizing, 'capacity' | 'carried'>;

const nothingCarried: Carried = { endpoints: {}, targets: {}, producerMemoryMb: [] };

/** The capacity as it was, without a look at any channel. */
function keep(verdict: 'frozen' | 'hold', reasons: Reason[], previous: Previous): Sizing {
  const exitCode = verdict === 'hold' ? 3 : 0;
  return { schemaVersion: 1, verdict, changes: [], exitCode, predictions: {}, cost: {}, reasons, ...previous };
}

/** Agreement means good runs in a row: a held run ends it, and keeps the last good counts. */
function forgetTargets({ endpoints }: Carried): Carried {
  return { ...nothingCarried, endpoints };
}

function decideOnLive(
  observation: Observation,
  policy: Policy,
  { capacity, carried }: Previous,
  live: TrustedLive,
): Sizing {
  const wanted = policy.channels.map((channel) =>
    sizeChannel(channel, {
      observation,
      policy,
      carried,
      previous: capacityOf(capacity, channel.name),
      livePartitions: ownValue(live.partitions, channel.name) ?? 0,
    }),
  );
  const previousProducerMemoryMb = capacity?.infrastructure.producer.memoryMb ?? null;
  const producer = settleProducer(wanted, policy, previousProducerMemoryMb, carried.producerMemoryMb);
  const kept = channelsNotInPolicy(capacity, policy, live);
  const fitted = fitBudgets(
    {
      channels: wanted,
      kept: kept.map(([, keptCapacity]) => keptCapacity),
      producerMemoryMb: producer.memoryMb,
      previousProducerMemoryMb: previousProducerMemoryMb ?? 0,
    },
    policy,
    live,
  );
  return assembleSizing({ policy, previous: { capacity, carried }, producer, kept, fitted });
}

/** A channel that left the policy is kept as it is: removing one deletes a topic, which only a person does. */
function channelsNotInPolicy(
  previous: Capacity | null,
  policy: Policy,
  live: TrustedLive,
): [string, ChannelCapacity][] {
  const names = new Set(policy.channels.map((channel) => channel.name));
  const left = Object.keys(previous?.control.channels ?? {}).filter((name) => !names.has(name));
  return left.sort().flatMap((name): [string, ChannelCapacity][] => {
    const capacity = capacityOf(previous, name);
    if (capacity === null) return [];
    return [[name, { ...capacity, partitions: Math.max(capacity.partitions, ownValue(live.partitions, name) ?? 0) }]];
  });
}
