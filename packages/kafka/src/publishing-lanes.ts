import { owningLane } from './owning-lane.ts';

/** One record for one partition. */
export interface LaneRecord {
  partition: number;
  value: string;
}

/** A thread of publishing: one connection, used for the partitions that it owns and no others. */
export interface Lane {
  /** Resolves to the partitions that acknowledged; those that are missing were not written. */
  send(topic: string, records: readonly LaneRecord[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

export interface PublishingLanes {
  /** Sends each record by the lane that owns its partition; resolves to the partitions that acknowledged. */
  send(topic: string, records: readonly LaneRecord[]): Promise<Set<number>>;
  /** Changes the number of lanes. */
  resize(lanes: number): Promise<void>;
  /** Takes note of how many partitions a topic has: they are shared between the lanes anew. */
  share(topic: string, livePartitions: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Whatever changes who owns a partition waits until everything that is being sent has ended, and what is to be sent
 * waits for the change: no two lanes ever send to one partition.
 */
export function createPublishingLanes(count: number, createLane: () => Lane): PublishingLanes {
  let lanes = Array.from({ length: count }, createLane);
  const livePartitions = new Map<string, number>();
  const sending = new Set<Promise<unknown>>();
  let changing: Promise<void> | undefined;

  async function changeOwners(isNeeded: () => boolean, apply: () => void | Promise<void>): Promise<void> {
    while (changing !== undefined) await changing;
    if (!isNeeded()) return;
    changing = Promise.all(sending)
      .then(apply)
      .finally(() => {
        changing = undefined;
      });
    await changing;
  }

  async function replaceLanes(size: number): Promise<void> {
    const surplus = lanes.slice(size);
    const added = Array.from({ length: Math.max(0, size - lanes.length) }, createLane);
    lanes = [...lanes.slice(0, size), ...added];
    await Promise.allSettled(surplus.map((lane) => lane.close()));
  }

  async function sendByOwners(topic: string, records: readonly LaneRecord[]): Promise<Set<number>> {
    const live = livePartitions.get(topic) ?? 0;
    const shares = lanes.map((lane, index) => ({
      lane,
      owned: records.filter(({ partition }) => owningLane(partition, live, lanes.length) === index),
    }));
    const busy = shares.filter(({ owned }) => owned.length > 0);
    // All settled: a lane that failed must not let another's send go on unseen.
    const answers = await Promise.allSettled(busy.map(({ lane, owned }) => lane.send(topic, owned)));
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed) throw failed.reason;
    return new Set(answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])));
  }

  return {
    async send(topic, records) {
      while (changing !== undefined) await changing;
      // From here to `add` in one turn: a change that starts now waits for this send.
      const work = sendByOwners(topic, records);
      const ended = work.catch(() => undefined);
      sending.add(ended);
      try {
        return await work;
      } finally {
        sending.delete(ended);
      }
    },
    resize: (size) =>
      changeOwners(
        () => size !== lanes.length,
        () => replaceLanes(size),
      ),
    share: (topic, live) =>
      changeOwners(
        () => live !== livePartitions.get(topic),
        () => {
          livePartitions.set(topic, live);
        },
      ),
    async close() {
      while (changing !== undefined) await changing;
      await Promise.all(sending);
      await Promise.allSettled(lanes.map((lane) => lane.close()));
    },
  };
}
