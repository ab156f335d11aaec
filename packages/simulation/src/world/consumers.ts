import type { ChannelName, PartitionedMessage } from '@quakewire/core';
import { consume } from './consumer.ts';
import { createProvider, type Provider } from './provider.ts';
import type { Surroundings } from './surroundings.ts';
import { createTopic, type Topic, type TopicRecord } from './topic.ts';

/** Each channel's topic, provider and invocations. */
export interface Consumers {
  publish(channel: string, messages: readonly PartitionedMessage[]): Promise<void>;
  /** Nothing to be consumed, and nobody at it. */
  areIdle(): boolean;
}

/**
 * @param accepted told of what a provider accepts.
 * @param onBreak gets what no handler should ever throw.
 */
export function createConsumers(
  world: Surroundings,
  accepted: (reference: string, messageId: string) => void,
  onBreak: (error: unknown) => void,
): Consumers {
  const { scenario, scheduler, witness, random, faults } = world;
  let records = 0;
  const count = { next: () => records++ };
  const topics = new Map<string, Topic>();
  for (const channel of scenario.channels) {
    const provider = createProvider(scheduler, random.fork(`provider ${channel}`), scenario.refusals, faults);
    const topic: Topic = createTopic(scheduler, scenario.partitions, faults, count, (record) =>
      invoke(record, channel, provider, topic),
    );
    topics.set(channel, topic);
  }

  function invoke(record: TopicRecord, channel: ChannelName, provider: Provider, topic: Topic): void {
    const process = world.startProcess('consumer', () => topic.ended(record, true));
    const endsAtMs = scheduler.nowMs() + scenario.invocationMs;
    const deadline = scheduler.at(endsAtMs, () => process.kill('its time is up'));
    const invocation = consume(record, {
      ...{ channel, process, provider, witness, accepted },
      ...{ stores: world.stores, interpose: world.interpose, directory: world.people.directory },
      nowMs: scheduler.nowMs,
      random: random.fork(`jitter ${process.name}`).next,
      remainingMs: () => endsAtMs - scheduler.nowMs(),
      log: world.loggerOf(process.name),
    });
    const end = (): void => {
      if (process.isDead()) return;
      scheduler.cancel(deadline);
      if (process.sleepers() > 0) witness.breaks(`I14 ${process.name} leaves ${process.sleepers()} timers behind`);
      topic.ended(record, false);
    };
    invocation.then(end, onBreak);
  }

  return {
    async publish(channel, messages) {
      for (const { message } of messages) {
        if (message.type !== 'wakeUp') continue;
        const run = `${message.earthquakeId}/${message.seq}/${channel}`;
        if (!witness.runs.has(run)) witness.breaks(`I1 a wake-up for ${run} before its run`);
      }
      topics.get(channel)?.publish(messages);
    },
    areIdle: () => [...topics.values()].every((topic) => topic.isIdle()),
  };
}
