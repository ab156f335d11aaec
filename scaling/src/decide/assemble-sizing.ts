import { composeCapacity } from './capacity.ts';
import { dispatchMicroUsd, messagesMicroUsd, standingMicroUsd, usdCents } from './cost.ts';
import type { Fitted } from './fit-budgets.ts';
import { followsInput } from './follows-input.ts';
import { ownValue } from './own-value.ts';
import type { Policy } from './policy.ts';
import { explainSlo, predict } from './predict.ts';
import type { Reason } from './reason.ts';
import { serialise } from './serialise.ts';
import { remember } from './settle.ts';
import type { SettledProducer } from './settle-producer.ts';
import type { SizedChannel } from './sized-channel.ts';
import type { Capacity, Carried, ChannelCapacity, Cost, Sizing } from './sizing.ts';

export interface Decided {
  policy: Policy;
  previous: Pick<Sizing, 'capacity' | 'carried'>;
  producer: SettledProducer;
  /** Channels that left the policy. */
  kept: [name: string, ChannelCapacity][];
  fitted: Fitted;
}

/** Puts what was decided into the sizing's form: verdict, predictions, cost, reasons in their fixed order, memory. */
export function assembleSizing(decided: Decided): Sizing {
  const { policy, previous, kept, fitted } = decided;
  const sized = fitted.channels.map(({ policy: { name }, capacity }): [string, ChannelCapacity] => [name, capacity]);
  const capacity = composeCapacity([...sized, ...kept], fitted.producerMemoryMb);
  const changes = changedParts(previous.capacity, capacity);
  const held = fitted.channels.some((channel) => channel.demand === null);
  return {
    schemaVersion: 1,
    verdict: changes.length > 0 ? 'change' : held ? 'hold' : 'no-change',
    changes,
    exitCode: held ? 3 : 0,
    capacity,
    predictions: predictAll(fitted.channels),
    cost: costOf(fitted, policy),
    reasons: allReasons(decided, changes.length > 0),
    carried: carry(decided),
  };
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

function allReasons({ producer, kept, fitted }: Decided, changed: boolean): Reason[] {
  return [
    ...fitted.channels.flatMap((channel) => channel.reasons),
    ...producer.reasons,
    ...fitted.reasons,
    ...fitted.channels.flatMap(explainOutcome),
    ...kept.map(([channel]): Reason => ({ code: 'CHANNEL_NOT_IN_POLICY', channel })),
    ...(changed ? [] : [{ code: 'NO_CHANGE' as const }]),
  ];
}

function explainOutcome({ policy, previous, demand, capacity }: SizedChannel): Reason[] {
  if (demand === null) return [];
  const slo = explainSlo(policy, demand, predict(policy, demand, capacity));
  return [...followsInput(policy.name, previous, capacity), ...slo];
}

function carry({ policy, previous: { carried }, producer, fitted }: Decided): Carried {
  const good = fitted.channels.flatMap(({ policy: { name }, demand, target }) =>
    demand && target ? [{ name, endpoints: demand.endpoints, target }] : [],
  );
  return {
    endpoints: { ...carried.endpoints, ...Object.fromEntries(good.map(({ name, endpoints }) => [name, endpoints])) },
    targets: Object.fromEntries(
      good.map(({ name, target }) => [name, remember(ownValue(carried.targets, name) ?? [], target, policy)]),
    ),
    producerMemoryMb: producer.targets,
  };
}
