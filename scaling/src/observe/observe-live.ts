import type { LiveState } from '../decide/observation.ts';
import type { ObservePorts, OnFailure } from './observe-ports.ts';

/** Partitions from the broker and the account's concurrency; a part of it alone is no base for any number. */
export async function observeLive(
  names: string[],
  ports: Pick<ObservePorts, 'livePartitions' | 'concurrency'>,
  onFailure: OnFailure,
): Promise<LiveState> {
  try {
    const [byTopic, concurrency] = await Promise.all([
      ports.livePartitions(names.map(topicOf)),
      ports.concurrency(names),
    ]);
    const existing = names.flatMap((name) => {
      const count = byTopic[topicOf(name)];
      if (count === undefined) throw new Error(`the broker gave no answer for the topic of ${name}`);
      return count === 0 ? [] : [[name, count]];
    });
    return { status: 'ok', ageSeconds: 0, partitions: Object.fromEntries(existing), ...concurrency };
  } catch (error) {
    onFailure('live partitions and concurrency', error);
    return { status: 'failed' };
  }
}

const topicOf = (channel: string) => `dispatch.${channel}`;
