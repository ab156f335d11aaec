import type { InvocationOutcome } from './invocation.ts';
import type { KafkaRecord } from './kafka-record.ts';
import type { PollerSettings } from './poller-settings.ts';

/** Records on their way through the function; `failedAttempts` counts what the retry quota counts. */
export interface Batch {
  records: readonly KafkaRecord[];
  failedAttempts: number;
  invocations: number;
}

export interface NextStep {
  /** Done: never shown to the function again. */
  settled: readonly KafkaRecord[];
  /** To be invoked again, in this order, before anything else of their partitions. */
  retry: readonly Batch[];
  /** Given up: to the on-failure destination. */
  discarded: readonly KafkaRecord[];
}

const nothing = { settled: [], retry: [], discarded: [] };

/**
 * What follows an invocation of `batch`.
 * - The retry quota counts function errors only; a throttle or a service error is repeated without end, and splitting a
 *   batch costs nothing of it (kinesis-on-failure-destination says so of streams; Kafka's page is silent).
 * - A failing batch of several records is split in two where asked for.
 * - On demand there is no quota: the batch blocks its partitions until its records expire.
 * https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function nextStep(
  batch: Batch,
  outcome: InvocationOutcome,
  settings: Pick<PollerSettings, 'bisect' | 'maximumRetryAttempts'>,
): NextStep {
  if (outcome.kind === 'success') return { ...nothing, settled: batch.records };
  if (outcome.kind === 'notInvoked') return { ...nothing, retry: [batch] };
  const invocations = batch.invocations + 1;

  if (outcome.kind === 'failure' && settings.bisect && batch.records.length > 1) {
    const middle = Math.ceil(batch.records.length / 2);
    const halves = [batch.records.slice(0, middle), batch.records.slice(middle)];
    return { ...nothing, retry: halves.map((records) => ({ ...batch, records, invocations })) };
  }
  const failed = outcome.kind === 'partial' ? outcome.failed : batch.records;
  const settled = batch.records.filter((record) => !failed.includes(record));
  const failedAttempts = batch.failedAttempts + 1;
  const { maximumRetryAttempts } = settings;
  if (maximumRetryAttempts !== null && failedAttempts > maximumRetryAttempts) {
    return { ...nothing, settled, discarded: failed };
  }
  return { ...nothing, settled, retry: [{ records: failed, failedAttempts, invocations }] };
}

const firstBackoffMs = 100;
const longestBackoffMs = 5_000;

/** Pause before the next attempt after so many failures in a row (at least one), doubling up to five seconds. */
export const backoffMs = (failuresInARow: number): number =>
  Math.min(longestBackoffMs, firstBackoffMs * 2 ** Math.min(30, failuresInARow - 1));
