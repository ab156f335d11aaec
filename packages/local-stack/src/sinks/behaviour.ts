import { channelNames } from '@quakewire/core';
import * as z from 'zod';

const share = z.number().min(0).max(1);

/** How one provider behaves. Shares are of requests, except `rejectedShare`, which is of addresses. */
export const behaviourSchema = z.strictObject({
  /** Time from a request's last byte to the decision about it, milliseconds. */
  latencyMs: z.number().min(0).max(60_000),
  /** Requests let through in any second; more are throttled in the provider's own words. 0 throttles all, null none. */
  ratePerSecond: z.number().int().min(0).max(100_000).nullable(),
  /** Addresses that are refused for good, the same ones for the same seed. */
  rejectedShare: share,
  /** Requests answered with the provider's server error; none of these was accepted. */
  errorShare: share,
  /** Requests that never get an answer. */
  hangShare: share,
  /** Requests whose connection is cut instead of an answer. */
  cutShare: share,
  /** Of the hung and cut requests, those that the provider has accepted all the same. */
  unansweredAcceptedShare: share,
  /** Nobody listens: connections are refused. */
  down: z.boolean(),
});
export type Behaviour = z.infer<typeof behaviourSchema>;

/** A provider that takes everything after 50 ms. */
export const defaultBehaviour: Behaviour = {
  latencyMs: 50,
  ratePerSecond: null,
  rejectedShare: 0,
  errorShare: 0,
  hangShare: 0,
  cutShare: 0,
  unansweredAcceptedShare: 0.5,
  down: false,
};

/** Changes to some providers' behaviour, as the control interface takes them. */
export const behaviourChangesSchema = z.strictObject(
  Object.fromEntries(channelNames.map((channel) => [channel, behaviourSchema.partial().optional()])) as Record<
    (typeof channelNames)[number],
    z.ZodOptional<ReturnType<typeof behaviourSchema.partial>>
  >,
);
export type BehaviourChanges = z.infer<typeof behaviourChangesSchema>;

/** What becomes of one request that the rate limit let through. */
export type Fate = 'accept' | 'reject' | 'fail' | 'hang' | 'hangAccepted' | 'cut' | 'cutAccepted';

/**
 * @param addressDraw the address's own number in [0, 1), always the same
 * @param draw, acceptedDraw fresh numbers in [0, 1)
 */
export const fateOf = (behaviour: Behaviour, addressDraw: number, draw: number, acceptedDraw: number): Fate => {
  const accepted = acceptedDraw < behaviour.unansweredAcceptedShare;
  if (draw < behaviour.hangShare) return accepted ? 'hangAccepted' : 'hang';
  if (draw < behaviour.hangShare + behaviour.cutShare) return accepted ? 'cutAccepted' : 'cut';
  if (draw < behaviour.hangShare + behaviour.cutShare + behaviour.errorShare) return 'fail';
  return addressDraw < behaviour.rejectedShare ? 'reject' : 'accept';
};
