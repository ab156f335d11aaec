import * as z from 'zod';

/** Every reason code, with what it tells an operator. */
export const reasonMeanings = {
  FROZEN_PAUSED: 'The scaler is paused; nothing is decided.',
  FROZEN_ALERT: 'An alert is in flight; nothing is decided until it is complete.',
  FROZEN_DEPLOY: 'A deployment is in flight; nothing is decided until it ends.',
  FROZEN_DRILL: 'A drill is in flight; nothing is decided until it ends.',
  HELD_LIVE_UNKNOWN: 'Live partitions or concurrency are unknown; everything is held.',
  HELD_COUNT_MISSING: 'The observation has no endpoint count for this channel; it is held.',
  HELD_COUNT_FAILED: 'Counting the endpoints failed; the channel is held.',
  HELD_COUNT_STALE: 'The endpoint count is too old; the channel is held.',
  HELD_COUNT_ABSURD: 'The endpoint count is negative, not whole or above the maximum; the channel is held.',
  HELD_COUNT_DISAGREES: 'Counters and the full count differ by more than 5 %; the channel is held.',
  HELD_DROP_UNCONFIRMED: 'The count fell below half and no full count confirms it; the channel is held.',
  HELD_QUOTA_UNKNOWN: "The provider's live quota is missing, old or malformed; the channel is held.",
  HELD_PROVIDER_STOPPED: 'The provider reports a rate of 0; the channel is held. Ask the provider.',
  NO_SENDER_FOR_COUNTRY: 'Endpoints in countries that no sender of the policy serves; they cannot be reached.',
  LATENCY_ASSUMED: "No recent, plausible send latency was measured; the policy's assumption is used.",
  FIRST_SIZING: 'There was no sizing before; the target is taken at once.',
  GROW: 'The need is above the current value; it grows to the target.',
  GROW_STEP_CAPPED: 'It grows, bounded by the step of one run.',
  SHRINK: 'Enough runs agreed that less will do, or the policy maximum was lowered.',
  SHRINK_WAITING: 'Less would do; waiting until enough runs in a row agree.',
  SHRINK_FORBIDDEN: 'Less would do, but the policy forbids shrinking.',
  IN_DEAD_BAND: 'Less would do, but it saves under 10 %: not worth a change.',
  CONCURRENCY_REFUSED_GROWTH: 'Growth refused: the account concurrency does not suffice.',
  CONCURRENCY_TOO_SMALL: 'The account concurrency is too small for what is already needed; ask for more.',
  COST_REFUSED_WARM: 'Warm workers refused: the standing cost would pass the ceiling.',
  COST_REFUSED_GROWTH: 'Active partitions refused: the standing cost would pass the ceiling.',
  COST_REFUSED_PRODUCER: 'Producer memory refused: the standing cost would pass the ceiling.',
  COST_ABOVE_CEILING: 'The standing cost is above the ceiling even without growth.',
  FOLLOWS_INPUT: 'Fields that follow live values or the policy changed by themselves.',
  SLO_IMPOSSIBLE_PROVIDER: 'The rate of a sender makes the SLO impossible; no worker can mend it. Ask for more.',
  SLO_IMPOSSIBLE_ACCOUNT: 'The rate of the provider account makes the SLO impossible. Ask for more.',
  SLO_MISSED_CAPACITY: 'The SLO is missed because workers are bounded: step, maximum, budget or CPU.',
  DAILY_QUOTA_TOO_SMALL: 'The daily quota does not cover one message to everyone.',
  CHANNEL_NOT_IN_POLICY: 'The channel left the policy; its capacity is kept. A person removes it.',
  NO_CHANGE: 'The sizing equals the one before.',
} as const;

export type ReasonCode = keyof typeof reasonMeanings;

const whole = z.int().min(0);

/** A code and the facts that explain it; which facts a code carries stands in `explainReason`. */
export const reasonSchema = z.strictObject({
  code: z.enum(Object.keys(reasonMeanings) as [ReasonCode, ...ReasonCode[]]),
  channel: z.string().optional(),
  field: z.enum(['activePartitions', 'segmentEndpoints', 'warmWorkers', 'producerMemoryMb']).optional(),
  fields: z.array(z.string()).optional(),
  current: whole.optional(),
  need: whole.optional(),
  target: whole.optional(),
  chosen: whole.optional(),
  endpoints: whole.optional(),
  p95Ms: whole.optional(),
  refused: whole.optional(),
  askFor: whole.optional(),
  standingUsdCents: whole.optional(),
  senders: z.array(z.strictObject({ sender: whole, askForPerSecond: whole })).optional(),
  askForPerSecond: whole.optional(),
  lastRecipientSeconds: whole.optional(),
  sloSeconds: whole.optional(),
  shortBy: whole.optional(),
});

export type Reason = z.output<typeof reasonSchema>;
