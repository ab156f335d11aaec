import { randomUUID } from 'node:crypto';
import type { Clock } from '@quakewire/core';
import type { Emulator } from '../emulator.ts';
import { type FailureDestination, failureObjectKey, failureRecord } from './failure-record.ts';
import { partitionKey } from './kafka-record.ts';
import type { PollerSettings } from './poller-settings.ts';

/**
 * Sends what is given up to the mapping's queue (metadata only) or bucket (with the event).
 * https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export function createFailureDestination(
  destinationArn: string,
  { uuid, functionArn, bootstrapServers }: PollerSettings,
  emulator: Pick<Emulator, 'sendMessage' | 'putObject'>,
  clock: Pick<Clock, 'wallMs'>,
): FailureDestination {
  return async (discard) => {
    const nowMs = clock.wallMs();
    const record = failureRecord(discard, { functionArn, bootstrapServers, nowMs, requestId: randomUUID() });
    if (!destinationArn.startsWith('arn:aws:s3:::')) {
      await emulator.sendMessage(destinationArn, JSON.stringify(record));
      return;
    }
    const [first] = discard.records;
    const partition = first ? partitionKey(first) : 'none';
    const key = failureObjectKey(uuid, partition, nowMs, randomUUID());
    await emulator.putObject(destinationArn, key, JSON.stringify({ ...record, payload: discard.payload }));
  };
}
