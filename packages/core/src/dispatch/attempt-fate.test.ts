import fc from 'fast-check';
import { type Attempt, type Delivery, fateOf, isFinalOutcome, longestWaitMs, mostAttempts } from '../index.ts';

const reason = 'r';
const anyWait = fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: undefined });
const failedForNow = fc.tuple(fc.constantFrom('transient' as const, 'throttled' as const), anyWait).map(
  ([outcome, retryAfterMs]): Delivery => ({
    outcome,
    reason,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }),
);
const anyDelivery = fc.oneof(
  failedForNow,
  fc.constantFrom<Delivery>(
    { outcome: 'accepted', messageId: 'm' },
    { outcome: 'rejected', reason, endpointUnusable: false },
    { outcome: 'ambiguous', reason },
  ),
);
const anyAttempt = (delivery: fc.Arbitrary<Delivery>): fc.Arbitrary<Attempt> =>
  fc.record({
    endpointId: fc.constant('e'),
    delivery,
    number: fc.integer({ min: 1, max: mostAttempts }),
    sentAtMs: fc.constant(5),
    usefulForMs: fc.integer({ min: -1_000, max: 20_000 }),
    resend: fc.boolean(),
  });
const anyChance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const retryAfterMs = (delivery: Delivery): number => ('retryAfterMs' in delivery ? (delivery.retryAfterMs ?? 0) : 0);

const firstOf = (delivery: Delivery): Attempt => ({
  ...{ endpointId: 'e', delivery, number: 1, sentAtMs: 5, usefulForMs: 60_000, resend: false },
});

test('only what was definitely not sent is tried again, three times at most', () => {
  fc.assert(
    fc.property(anyAttempt(anyDelivery), anyChance, (attempt, chance) => {
      const { waitMs } = fateOf(attempt, chance);
      if (waitMs === undefined) return;
      expect(['transient', 'throttled']).toContain(attempt.delivery.outcome);
      expect(attempt.number).toBeLessThan(mostAttempts);
    }),
  );
});

test('an endpoint is `retrying` exactly while another attempt follows, else its outcome is final', () => {
  fc.assert(
    fc.property(anyAttempt(anyDelivery), anyChance, (attempt, chance) => {
      const { entry, waitMs } = fateOf(attempt, chance);
      expect(entry.outcome === 'retrying').toBe(waitMs !== undefined);
      expect(isFinalOutcome(entry.outcome)).toBe(waitMs === undefined);
    }),
  );
});

test('the wait is what the provider asks for or longer, never above four seconds nor beyond the use', () => {
  fc.assert(
    fc.property(anyAttempt(failedForNow), anyChance, (attempt, chance) => {
      const { waitMs } = fateOf(attempt, chance);
      if (waitMs === undefined) return;
      expect(waitMs).toBeGreaterThanOrEqual(retryAfterMs(attempt.delivery));
      expect(waitMs).toBeLessThanOrEqual(longestWaitMs);
      expect(waitMs).toBeLessThan(attempt.usefulForMs);
    }),
  );
});

test('whoever can be tried again in time, is', () => {
  fc.assert(
    fc.property(anyAttempt(failedForNow), anyChance, (attempt, chance) => {
      const asked = retryAfterMs(attempt.delivery);
      const isInTime = asked <= longestWaitMs && attempt.usefulForMs > longestWaitMs;
      if (isInTime && attempt.number < mostAttempts) expect(fateOf(attempt, chance).waitMs).toBeDefined();
    }),
  );
});

test('a wait without the provider’s word is drawn from zero to one second, then to two', () => {
  const busy: Delivery = { outcome: 'transient', reason };
  const waits = [1, 2].map((number) => [0, 0.5].map((chance) => fateOf({ ...firstOf(busy), number }, chance).waitMs));
  expect(waits).toEqual([
    [0, 500],
    [0, 1_000],
  ]);
});

test('a last answer is recorded as what it proves', () => {
  const last = (outcome: 'rejected' | 'transient' | 'throttled' | 'ambiguous') =>
    fateOf({ ...firstOf({ outcome, reason, endpointUnusable: false }), number: mostAttempts }, 0).entry.outcome;
  expect([last('rejected'), last('transient'), last('throttled'), last('ambiguous')]).toEqual([
    ...['rejected', 'exhausted', 'exhausted', 'unknown'],
  ]);
});

test('after a re-send nothing but an acceptance is known to be the truth', () => {
  fc.assert(
    fc.property(anyAttempt(anyDelivery), anyChance, (attempt, chance) => {
      const { entry, waitMs } = fateOf({ ...attempt, resend: true }, chance);
      if (waitMs !== undefined) return;
      expect(entry.outcome).toBe(attempt.delivery.outcome === 'accepted' ? 'accepted' : 'unknown');
    }),
  );
});

test('an acceptance keeps the provider’s id and the time of the call', () => {
  expect(fateOf(firstOf({ outcome: 'accepted', messageId: 'm' }), 0)).toEqual({
    entry: { endpointId: 'e', outcome: 'accepted', messageId: 'm', sentAtMs: 5 },
  });
});
