import type { ChannelName, DeadLetters, Logger, Shift, WakeUp, WorkDone } from '@quakewire/core';
import type { Context, SelfManagedKafkaEvent } from 'aws-lambda';
import { decodeRecord } from './decode-record.ts';

type KafkaRecord = SelfManagedKafkaEvent['records'][string][number];

export interface HandlerPorts {
  channel: ChannelName;
  work(wakeUp: WakeUp, shift: Shift): Promise<WorkDone>;
  /** Uses the connections that an alert will need, so that they are open then. */
  keepWarm(): Promise<void>;
  /** Shows receivers that alerts would reach them; left out where no receiver can ask for that. */
  beat?: ((publishedAtMs: number) => Promise<void>) | undefined;
  deadLetters: DeadLetters;
  log: Logger;
}

/** Lambda's answer to a Kafka event: records to be retried. Heeded with provisioned pollers only. */
export interface BatchResult {
  batchItemFailures: { itemIdentifier: { partition: string; offset: number } }[];
}

type InvocationContext = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/**
 * One event may carry records of several partitions: each is worked on by itself, side by side. The answer is success
 * whatever a wake-up led to, since all that is left to do stands in the tables; only a poison record whose dead letter
 * could not be kept is given back. A wake-up for a run that nobody can work on is poison, too.
 */
export const createHandler =
  (ports: HandlerPorts) =>
  async (event: SelfManagedKafkaEvent, context: InvocationContext): Promise<BatchResult> => {
    const records = Object.values(event.records).flat();
    const results = await Promise.allSettled(records.map((record) => handleRecord(record, context, ports)));
    const failed = records.filter((_, at) => results[at]?.status === 'rejected');
    return {
      batchItemFailures: failed.map(({ topic, partition, offset }) => ({
        itemIdentifier: { partition: `${topic}-${partition}`, offset },
      })),
    };
  };

async function handleRecord(record: KafkaRecord, context: InvocationContext, ports: HandlerPorts): Promise<void> {
  const { topic, partition, offset } = record;
  const place = { topic, partition, offset };
  const decoded = decodeRecord(record.value, ports.channel);
  if ('problem' in decoded) return refuse(record, decoded.problem, ports);
  const { message } = decoded;
  if (message.type === 'heartbeat') {
    await heedHeartbeat(record, ports);
    return;
  }
  const shift: Shift = {
    workerId: `${context.awsRequestId}/${partition}/${offset}`,
    remainingMs: () => context.getRemainingTimeInMillis(),
  };
  const done = await ports.work(message, shift);
  const { earthquakeId, seq, segment, rank } = message;
  ports.log.info({ ...place, earthquakeId, seq, segment, rank, ...done }, 'wake-up worked on');
  if (done.problem !== undefined) await refuse(record, done.problem, ports);
}

/** Each partition gets one a minute; receivers hear of the first partition's only. */
async function heedHeartbeat(
  { topic, partition, offset, timestamp }: KafkaRecord,
  { keepWarm, beat, log }: HandlerPorts,
): Promise<void> {
  const place = { topic, partition, offset };
  const warm = keepWarm().catch(() => log.warn(place, 'heartbeat: a connection is not to be had'));
  const shown = partition === 0 ? beat?.(timestamp) : undefined;
  await Promise.all([warm, shown?.catch(() => log.warn(place, 'heartbeat: its receivers are not known'))]);
  log.info(place, 'heartbeat');
}

/** Keeps a poison record with its payload. @throws when it cannot be kept. */
async function refuse(
  record: KafkaRecord,
  problem: string,
  { channel, deadLetters, log }: HandlerPorts,
): Promise<void> {
  const { topic, partition, offset, value } = record;
  const place = { topic, partition, offset, problem };
  try {
    const id = `${topic}/${partition}/${offset}`;
    await deadLetters.send({ schema: 1, type: 'poison', id, channel, reason: problem, payload: value ?? '' });
    log.error(place, 'poison record: kept as a dead letter');
  } catch (error) {
    log.error(place, 'poison record: the dead letter could not be kept');
    throw error;
  }
}
