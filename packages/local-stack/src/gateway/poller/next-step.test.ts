import fc from 'fast-check';
import { kafkaRecords, positions } from '../testing-support/kafka-records.ts';
import type { InvocationOutcome } from './invocation.ts';
import { type Batch, backoffMs, nextStep } from './next-step.ts';

const batch = (count: number, failedAttempts = 0): Batch => ({
  records: kafkaRecords(0, [...Array(count).keys()]),
  failedAttempts,
  invocations: failedAttempts,
});
const failure: InvocationOutcome = { kind: 'failure' };
const plain = { bisect: false, maximumRetryAttempts: null };

describe('error handling controls (kafka-retry-configurations)', () => {
  test('the quota does not count the first attempt: with 2 retries the third failure gives up', () => {
    const settings = { ...plain, maximumRetryAttempts: 2 };
    expect(nextStep(batch(2, 1), failure, settings).retry).toHaveLength(1);
    expect(positions(nextStep(batch(2, 2), failure, settings).discarded)).toEqual(['0:0', '0:1']);
  });

  test('with 0 retries the first failure gives up', () => {
    expect(nextStep(batch(1), failure, { ...plain, maximumRetryAttempts: 0 }).discarded).toHaveLength(1);
  });

  test('without a quota a failing batch is repeated whole, for ever', () => {
    const step = nextStep(batch(3, 5_000), failure, plain);
    expect(step).toMatchObject({ settled: [], discarded: [], retry: [{ failedAttempts: 5_001 }] });
  });

  test('a partial failure settles the others and repeats what was named', () => {
    const whole = batch(4);
    const outcome: InvocationOutcome = { kind: 'partial', failed: whole.records.slice(1, 2) };
    const step = nextStep(whole, outcome, { bisect: true, maximumRetryAttempts: 3 });
    expect(positions(step.settled)).toEqual(['0:0', '0:2', '0:3']);
    expect(step.retry.map(({ records }) => positions(records))).toEqual([['0:1']]);
  });

  test('splitting makes two halves in order and costs nothing of the quota', () => {
    const step = nextStep(batch(5, 1), failure, { bisect: true, maximumRetryAttempts: 1 });
    expect(step.retry.map(({ records }) => positions(records))).toEqual([
      ['0:0', '0:1', '0:2'],
      ['0:3', '0:4'],
    ]);
    expect(step.retry.map(({ failedAttempts }) => failedAttempts)).toEqual([1, 1]);
  });

  test('a single record is not split', () => {
    expect(nextStep(batch(1), failure, { bisect: true, maximumRetryAttempts: 0 }).discarded).toHaveLength(1);
  });
});

test('a throttled call costs nothing of the quota (kinesis-on-failure-destination: retried until the records expire)', () => {
  const step = nextStep(batch(2, 3), { kind: 'notInvoked' }, { bisect: true, maximumRetryAttempts: 3 });
  expect(step.retry).toEqual([batch(2, 3)]);
});

test('splitting finds the poison records: exactly they are given up, all others are settled, in few calls', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), fc.func(fc.integer({ min: 0, max: 9 })), (count, draw) => {
      const isPoison = (offset: number) => draw(offset) === 0;
      const settings = { bisect: true, maximumRetryAttempts: 1 };
      const settled: number[] = [];
      const discarded: number[] = [];
      const pending = [batch(count)];
      let calls = 0;
      for (let next = pending.shift(); next; next = pending.shift()) {
        calls += 1;
        const failed = next.records.some(({ offset }) => isPoison(offset));
        const step = nextStep(next, { kind: failed ? 'failure' : 'success' }, settings);
        settled.push(...step.settled.map(({ offset }) => offset));
        discarded.push(...step.discarded.map(({ offset }) => offset));
        pending.unshift(...step.retry);
      }
      expect([...settled, ...discarded].sort((a, b) => a - b)).toEqual([...Array(count).keys()]);
      expect(discarded.every(isPoison)).toBe(true);
      expect(settled.some(isPoison)).toBe(false);
      expect(calls).toBeLessThanOrEqual(3 * count);
    }),
  );
});

test('the pause doubles from a tenth of a second and never exceeds five', () => {
  expect([1, 2, 3, 7, 1_000].map(backoffMs)).toEqual([100, 200, 400, 5_000, 5_000]);
});
