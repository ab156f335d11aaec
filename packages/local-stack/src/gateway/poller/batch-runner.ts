import type { Clock, Logger } from '@quakewire/core';
import type { Discard, DiscardCondition, FailureDestination } from './failure-record.ts';
import { type InvocationResult, type Invoker, invocationOutcome } from './invocation.ts';
import { kafkaEventPayload, maximumPayloadBytes } from './kafka-event.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { type Batch, backoffMs, nextStep } from './next-step.ts';
import type { PollerSettings } from './poller-settings.ts';

export interface BatchRunnerOptions {
  settings: PollerSettings;
  clock: Clock;
  logger: Logger;
  invoke: Invoker;
  /** Absent = what is given up is dropped. */
  failureDestination?: FailureDestination;
  /** The partition's lowest offset that Kafka still holds: what lies before it has expired. */
  earliestOffset(partition: number): Promise<number>;
  /** Processed or disposed of. */
  onSettled(records: readonly KafkaRecord[]): void;
  /** The API's LastProcessingResult. */
  onResult(lastProcessingResult: string): void;
}

/** `stopping`: no new attempt; `abort`: cut the running invocation off. */
export interface RunSignals {
  stopping: AbortSignal;
  abort: AbortSignal;
}

/** Takes records through the function until each is settled, or until the poller stops (then they are read again). */
export type BatchRunner = (records: readonly KafkaRecord[], signals: RunSignals) => Promise<void>;

export function createBatchRunner(options: BatchRunnerOptions): BatchRunner {
  const { settings, clock } = options;

  return async function runBatch(records, { stopping, abort }) {
    const pending: Batch[] = [{ records, failedAttempts: 0, invocations: 0 }];
    let lastResult: InvocationResult | null = null;
    let failuresInARow = 0;

    while (pending.length > 0 && !stopping.aborted) {
      const batch = await withoutExpired(pending.shift() as Batch, lastResult, failuresInARow > 0);
      const payload = kafkaEventPayload(batch.records, settings.bootstrapServers);
      if (batch.records.length === 0) continue;
      if (Buffer.byteLength(payload) > maximumPayloadBytes) {
        pending.unshift(...(await withoutOversized(batch, payload)));
        continue;
      }
      lastResult = await options.invoke(settings.functionArn, payload, abort);
      const outcome = invocationOutcome(lastResult, batch.records, settings.partialResponses);
      const step = nextStep(batch, outcome, settings);
      options.onSettled(step.settled);
      await discard('RetryAttemptsExhausted', { ...batch, records: step.discarded }, lastResult);
      pending.unshift(...step.retry);

      failuresInARow = outcome.kind === 'success' ? 0 : failuresInARow + 1;
      options.onResult(failuresInARow === 0 ? 'OK' : `PROBLEM: ${problem(lastResult)}`);
      if (step.retry.length > 0) await pause(backoffMs(failuresInARow), stopping);
    }
  };

  async function withoutExpired(batch: Batch, lastResult: InvocationResult | null, retried: boolean): Promise<Batch> {
    const { maximumRecordAgeMs } = settings;
    const tooOld = ({ timestampMs }: KafkaRecord) =>
      maximumRecordAgeMs !== null && clock.wallMs() - timestampMs > maximumRecordAgeMs;
    await discard('RecordAgeExceeded', { ...batch, records: batch.records.filter(tooOld) }, lastResult);
    const young = batch.records.filter((record) => !tooOld(record));
    return { ...batch, records: retried ? await stillHeld(young) : young };
  }

  /** Without what Kafka's retention has removed meanwhile: only that frees a partition from a batch that keeps failing. */
  async function stillHeld(records: readonly KafkaRecord[]): Promise<readonly KafkaRecord[]> {
    const partitions = [...new Set(records.map(({ partition }) => partition))];
    const earliest = new Map(
      await Promise.all(partitions.map(async (one) => [one, await options.earliestOffset(one)] as const)),
    );
    const isHeld = ({ partition, offset }: KafkaRecord) => offset >= (earliest.get(partition) ?? 0);
    const expired = records.filter((record) => !isHeld(record));
    if (expired.length > 0) {
      options.logger.warn({ topic: settings.topic, records: expired.length }, 'failing records expired in Kafka');
      options.onSettled(expired);
    }
    return records.filter(isHeld);
  }

  /** The estimate of a payload's size is an upper bound, so only a record alone can be above Lambda's limit. */
  async function withoutOversized(batch: Batch, payload: string): Promise<Batch[]> {
    if (batch.records.length > 1) return batch.records.map((record) => ({ ...batch, records: [record] }));
    await discard('MaximumPayloadSizeExceeded', batch, null, payload);
    return [];
  }

  async function discard(
    condition: DiscardCondition,
    { records, invocations }: Batch,
    lastResult: InvocationResult | null,
    payload = kafkaEventPayload(records, settings.bootstrapServers),
  ): Promise<void> {
    if (records.length === 0) return;
    const called = lastResult !== null && lastResult.kind !== 'notInvoked';
    const discarded: Discard = { condition, records, invocations: invocations + Number(called), payload, lastResult };
    options.logger.warn({ topic: settings.topic, condition, records: records.length }, 'records given up');
    try {
      await options.failureDestination?.(discarded);
    } catch (error) {
      // As on AWS (DestinationDeliveryFailures): the records are lost to the destination, the partition goes on.
      options.logger.error({ topic: settings.topic, err: error }, 'on-failure destination not reached');
    }
    options.onSettled(records);
  }

  async function pause(ms: number, stopping: AbortSignal): Promise<void> {
    await clock.sleep(ms, stopping).catch(() => undefined);
  }
}

const problem = (result: InvocationResult): string =>
  result.kind === 'notInvoked' ? result.reason : 'Function call failed';
