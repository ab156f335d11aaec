import type { InvocationResult } from './invocation.ts';
import { byPartition, type KafkaRecord } from './kafka-record.ts';

/** Why records were given up; the age condition is the one that the stream sources name. */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'MaximumPayloadSizeExceeded' | 'RecordAgeExceeded';

export interface Discard {
  condition: DiscardCondition;
  records: readonly KafkaRecord[];
  invocations: number;
  /** The event that the records would make, as JSON. */
  payload: string;
  lastResult: InvocationResult | null;
}

/** Hands what was given up to the mapping's on-failure destination. */
export type FailureDestination = (discard: Discard) => Promise<void>;

/**
 * The JSON document for an on-failure destination: metadata only; a bucket also gets `payload`.
 * https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export function failureRecord(
  { condition, records, invocations, payload, lastResult }: Discard,
  source: { functionArn: string; bootstrapServers: readonly string[]; nowMs: number; requestId: string },
) {
  const called = lastResult !== null && lastResult.kind !== 'notInvoked' ? lastResult : null;
  return {
    requestContext: {
      requestId: called?.requestId ?? source.requestId,
      functionArn: source.functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    responseContext: called
      ? {
          statusCode: 200,
          executedVersion: called.executedVersion,
          functionError: called.kind === 'functionError' ? called.functionError : undefined,
        }
      : null,
    version: '1.0',
    timestamp: new Date(source.nowMs).toISOString(),
    KafkaBatchInfo: {
      batchSize: records.length,
      bootstrapServers: source.bootstrapServers.join(','),
      payloadSize: Buffer.byteLength(payload),
      recordsInfo: recordsInfo(records),
    },
  };
}

function recordsInfo(records: readonly KafkaRecord[]) {
  const describe = (group: readonly KafkaRecord[]) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) throw new Error('a partition of a failure record holds no record');
    return {
      firstRecordOffset: String(first.offset),
      lastRecordOffset: String(last.offset),
      firstRecordTimestamp: new Date(first.timestampMs).toISOString(),
      lastRecordTimestamp: new Date(last.timestampMs).toISOString(),
    };
  };
  return Object.fromEntries([...byPartition(records)].map(([key, group]) => [key, describe(group)]));
}

/** Key of the object in a bucket; the convention is the one that the stream sources name. */
export function failureObjectKey(uuid: string, partition: string, nowMs: number, random: string): string {
  const stamp = new Date(nowMs).toISOString();
  const day = stamp.slice(0, 10).replaceAll('-', '/');
  return `aws/lambda/${uuid}/${partition}/${day}/${stamp.slice(0, 19).replaceAll(':', '.')}-${random}`;
}
