import type { Clock, PartitionedMessage, WakeUp, WakeUpLog } from '@quakewire/core';

/** A channel's topic in this process: every partition has its own poller, which works on one record at a time. */
export interface InProcessTopic {
  wakeUps: WakeUpLog;
  /** Records published so far. */
  records(): number;
  /** Works on what is published until `isOver`; resolves when the last worker has ended. */
  consume(work: (wakeUp: WakeUp, partition: number) => Promise<void>, isOver: () => boolean): Promise<void>;
}

const pollEveryMs = 20;

export function createInProcessTopic(partitions: number, clock: Clock): InProcessTopic {
  const queues = Array.from({ length: partitions }, (): PartitionedMessage['message'][] => []);
  let records = 0;
  return {
    wakeUps: {
      livePartitions: async () => partitions,
      async publish(_channel, messages) {
        records += messages.length;
        for (const { partition, message } of messages) queues[partition]?.push(message);
      },
    },
    records: () => records,
    async consume(work, isOver) {
      const poll = async (queue: PartitionedMessage['message'][], partition: number): Promise<void> => {
        while (!isOver()) {
          const message = queue.shift();
          if (message?.type === 'wakeUp') await work(message, partition);
          else await clock.sleep(pollEveryMs);
        }
      };
      await Promise.all(queues.map(poll));
    },
  };
}
