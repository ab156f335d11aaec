import { capacityOf, composeCapacity } from './capacity.ts';
import { dispatchMicroUsd, messagesMicroUsd, standingMicroUsd, usdCents } from './cost.ts';
import { type Fitted, fitBudgets } from './fit-budgets.ts';
import { followsInput } from './follows-input.ts';
import { frozenReasons } from './frozen.ts';
import type { Observation } from './observation.ts';
import { ownValue } from './own-value.ts';
import { parsePolicy } from './parse-policy.ts';
import type { Policy, PolicyInput } from './policy.ts';
import { explainSlo, predict } from './predict.ts';
import type { Reason } from './reason.ts';
import { serialise } from './serialise.ts';
import { remember } from './settle.ts';
import { settleProducer } from './settle-producer.ts';
import { type SizedChannel, sizeChannel } from './sized-channel.ts';
import type { Capacity, Carried, ChannelCapacity, Cost, Sizing } from './sizing.ts';
import { type TrustedLive, trustLive } from './trust-inputs.ts';

/**
 * Decides the sizing from what was observed: pure, whole numbers only, the same output for the same input.
 * The provider's rate decides how fast, the number of endpoints how long; anything that cannot be trusted is held.
 * @param previousSizing The sizing of the last run, or null before the first.
 * @throws {PolicyError} A refused policy; the message begins with the setting's full name.
 */
export function decide(observation: Observation, policy: PolicyInput, previousSizing: Sizing | null): Sizing {
  const settings = parsePolicy(policy);
  const frozen = frozenReasons(observation);
  if (frozen.length > 0) return keep('frozen', 0, frozen, previousSizing);
  const live = trustLive(observation.live, settings);
  if (live === null) return keep('hold', 3, [{ code: 'HELD_LIVE_UNKNOWN' }], forgetTargets(previousSizing));
  return decideOnLive(observation, settings, previousSizing, live);
}

type Previous = Pick<Sizing, 'capacity' | 'carried'> | null;

const nothingCarried: Carried = { endpoints: {}, targets: {}, producerMemoryMb: [] };

/** The capacity as it was, without a look at any channel. */
function keep(verdict: 'frozen' | 'hold', exitCode: 0 | 3, reasons: Reason[], previous: Previous): Sizing {
  const { capacity = null, carried = nothingCarried } = previous ?? {};
  return { schemaVersion: 1, verdict, changes: [], exitCode, capacity, predictions: {}, cost: {}, reasons, carried };
}

/** Agreement means good runs in a row: a held run ends it, and keeps the last good counts. */
function forgetTargets(previous: Previous): Previous {
  return previous && { ...previous, carried: { ...nothingCarried, endpoints: previous.carried.endpoints } };
}

function decideOnLive(observation: Observation, policy: Policy, previousSizing: Previous, live: TrustedLive): Sizing {
  const previous = previousSizing?.capacity ?? null;
  const carried = previousSizing?.carried ?? nothingCarried;
  const channels = policy.channels.map((channel) =>
    sizeChannel(channel, {
      observation,
      policy,
      carried,
      previous: capacityOf(previous, channel.name),
      livePartitions: ownValue(live.partitions, channel.name) ?? 0,
    }),
  );
  const previousProducerMemoryMb = previous?.infrastructure.producer.memoryMb ?? null;
  const producer = settleProducer(channels, policy, previousProducerMemoryMb, carried.producerMemoryMb);
  const kept = channelsNotInPolicy(previous, policy, live);
  const fitted = fitBudgets(
    {
      channels,
      kept: kept.map(([, capacity]) => capacity),
      producerMemoryMb: producer.memoryMb,
      previousProducerMemoryMb: previousProducerMemoryMb ?? 0,
    },
    policy,
    live,
  );
  const sized = fitted.channels.map(({ policy: { name }, capacity }): [string, ChannelCapacity] => [name, capacity]);
  const capacity = composeCapacity([...sized, ...kept], fitted.producerMemoryMb);
  const changes = changedParts(previous, capacity);
  const held = channels.some((channel) => channel.demand === null);
  return {
    schemaVersion: 1,
    verdict: changes.length > 0 ? 'change' : held ? 'hold' : 'no-change',
    changes,
    exitCode: held ? 3 : 0,
    capacity,
    predictions: predictAll(fitted.channels),
    cost: costOf(fitted, policy),
    reasons: [
      ...channels.flatMap((channel) => channel.reasons),
      ...producer.reasons,
      ...fitted.reasons,
      ...fitted.channels.flatMap(explainOutcome),
      ...kept.map(([channel]): Reason => ({ code: 'CHANNEL_NOT_IN_POLICY', channel })),
      ...(changes.length === 0 ? [{ code: 'NO_CHANGE' as const }] : []),
    ],
    carried: {
      endpoints: { ...carried.endpoints, ...goodCounts(fitted.channels) },
      targets: targetsToCarry(fitted.channels, carried, policy),
      producerMemoryMb: producer.targets,
    },
  };
}

/** A channel that left the policy is kept as it is: removing one deletes a topic, which only a person does. */
function channelsNotInPolicy(
  previous: Capacity | null,
  policy: Policy,
  live: TrustedLive,
): [string, ChannelCapacity][] {
  const names = new Set(policy.channels.map((channel) => channel.name));
  const left = Object.keys(previous?.control.channels ?? {}).filter((name) => !names.has(name));
  return left.sort().flatMap((name) => {
    const capacity = capacityOf(previous, name);
    if (capacity === null) return [];
    return [[name, { ...capacity, partitions: Math.max(capacity.partitions, ownValue(live.partitions, name) ?? 0) }]];
  });
}

function changedParts(previous: Capacity | null, next: Capacity): Sizing['changes'] {
  const parts = ['control', 'infrastructure'] as const;
  return parts.filter((part) => previous === null || serialise(previous[part]) !== serialise(next[part]));
}

function predictAll(channels: readonly SizedChannel[]): Sizing['predictions'] {
  return Object.fromEntries(
    channels.map(({ policy, demand, capacity }) => [policy.name, demand && predict(policy, demand, capacity)]),
  );
}

function explainOutcome({ policy, previous, demand, capacity }: SizedChannel): Reason[] {
  if (demand === null) return [];
  return [
    ...followsInput(policy.name, previous, capacity),
    ...explainSlo(policy, demand, predict(policy, demand, capacity)),
  ];
}

function costOf(fitted: Fitted, policy: Policy): Cost {
  const good = fitted.channels.flatMap(({ demand, capacity }) => (demand === null ? [] : [{ demand, capacity }]));
  const messages = good.map(({ demand }) => messagesMicroUsd(demand));
  const dispatch = good.map(({ demand, capacity }) => dispatchMicroUsd(policy, demand, capacity));
  const capacities = [...fitted.channels.map((channel) => channel.capacity), ...fitted.kept];
  return {
    standingUsdCentsPerMonth: usdCents([standingMicroUsd(policy, capacities, fitted.producerMemoryMb)]),
    fullAlertUsdCents: usdCents([...messages, ...dispatch]),
    fullAlertMessagesUsdCents: usdCents(messages),
  };
}

function goodCounts(channels: readonly SizedChannel[]): Carried['endpoints'] {
  return Object.fromEntries(
    channels.flatMap(({ policy, demand }) => (demand ? [[policy.name, demand.endpoints]] : [])),
  );
}

function targetsToCarry(channels: readonly SizedChannel[], carried: Carried, policy: Policy): Carried['targets'] {
  return Object.fromEntries(
    channels.flatMap(({ policy: { name }, target }) =>
      target ? [[name, remember(ownValue(carried.targets, name) ?? [], target, policy)]] : [],
    ),
  );
}
