import * as z from 'zod';
import { byPartition, type KafkaRecord } from './kafka-record.ts';

/** What the Invoke API said. `notInvoked`: throttled (429), unreachable or a service error; the function did not run. */
export type InvocationResult =
  | { kind: 'response'; payload: string; requestId: string; executedVersion: string }
  | { kind: 'functionError'; functionError: string; requestId: string; executedVersion: string }
  | { kind: 'notInvoked'; reason: string };

/** Calls the function synchronously; never rejects. The signal cuts the call off. */
export type Invoker = (functionArn: string, payload: string, signal: AbortSignal) => Promise<InvocationResult>;

export type InvocationOutcome =
  | { kind: 'success' }
  | { kind: 'partial'; failed: KafkaRecord[] }
  | { kind: 'failure' }
  | { kind: 'notInvoked' };

const partialResponseSchema = z.object({
  batchItemFailures: z
    .array(z.object({ itemIdentifier: z.object({ partition: z.string(), offset: z.number() }) }))
    .nullish(),
});

/**
 * What a call means for the records of its batch. Partial responses: an empty or null list, or an empty or null
 * answer, is a success; a partition or offset that was not in the batch, or any other malformed answer, makes the
 * whole batch fail. Only the records named are failed.
 * https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function invocationOutcome(
  result: InvocationResult,
  records: readonly KafkaRecord[],
  partialResponses: boolean,
): InvocationOutcome {
  if (result.kind === 'notInvoked') return { kind: 'notInvoked' };
  if (result.kind === 'functionError') return { kind: 'failure' };
  if (!partialResponses) return { kind: 'success' };
  return partialOutcome(result.payload, records);
}

function partialOutcome(payload: string, records: readonly KafkaRecord[]): InvocationOutcome {
  const answer = parseAnswer(payload);
  if (answer === null || answer === '') return { kind: 'success' };
  const parsed = partialResponseSchema.safeParse(answer);
  if (!parsed.success) return { kind: 'failure' };
  const named = parsed.data.batchItemFailures ?? [];
  if (named.length === 0) return { kind: 'success' };

  const groups = byPartition(records);
  const failed = new Set<KafkaRecord>();
  for (const { itemIdentifier } of named) {
    const record = groups.get(itemIdentifier.partition)?.find(({ offset }) => offset === itemIdentifier.offset);
    if (!record) return { kind: 'failure' };
    failed.add(record);
  }
  return { kind: 'partial', failed: records.filter((record) => failed.has(record)) };
}

function parseAnswer(payload: string): unknown {
  if (payload === '') return null;
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}
