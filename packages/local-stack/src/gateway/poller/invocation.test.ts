import { kafkaRecord, kafkaRecords, positions } from '../testing-support/kafka-records.ts';
import { type InvocationResult, invocationOutcome } from './invocation.ts';

const records = [...kafkaRecords(0, [10, 11, 12]), kafkaRecord({ partition: 1, offset: 10 })];
const response = (payload: string): InvocationResult => ({
  kind: 'response',
  payload,
  requestId: 'r',
  executedVersion: '1',
});
const failures = (...identifiers: unknown[]) =>
  JSON.stringify({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });

describe('partial batch responses (kafka-retry-configurations)', () => {
  test.each(['', 'null', '{}', '{"batchItemFailures":null}', '{"batchItemFailures":[]}', '""'])(
    'the answer %s is a complete success',
    (payload) => expect(invocationOutcome(response(payload), records, true)).toEqual({ kind: 'success' }),
  );

  test('only the named records fail', () => {
    const payload = failures({ partition: 't-0', offset: 11 }, { partition: 't-1', offset: 10 });
    const outcome = invocationOutcome(response(payload), records, true);
    expect(outcome.kind === 'partial' && positions(outcome.failed)).toEqual(['0:11', '1:10']);
  });

  test.each([
    ['an unknown partition', failures({ partition: 't-9', offset: 10 })],
    ['an unknown offset', failures({ partition: 't-0', offset: 11 }, { partition: 't-1', offset: 11 })],
    ['an identifier that is a string', failures('t-0-11')],
    ['an empty identifier', failures(null)],
    ['an answer that is not JSON', 'oops'],
  ])('%s makes the whole batch fail', (_what, payload) => {
    expect(invocationOutcome(response(payload), records, true)).toEqual({ kind: 'failure' });
  });

  test('without ReportBatchItemFailures the answer is not looked at', () => {
    const payload = failures({ partition: 't-0', offset: 11 });
    expect(invocationOutcome(response(payload), records, false)).toEqual({ kind: 'success' });
  });
});

test('a function error is a failure, a throttle is not: the function did not run (invocation-eventsourcemapping)', () => {
  const crashed: InvocationResult = {
    kind: 'functionError',
    functionError: 'Unhandled',
    requestId: 'r',
    executedVersion: '1',
  };
  expect(invocationOutcome(crashed, records, false)).toEqual({ kind: 'failure' });
  const throttled: InvocationResult = { kind: 'notInvoked', reason: 'Function throttled' };
  expect(invocationOutcome(throttled, records, true)).toEqual({ kind: 'notInvoked' });
});
