import type { Channel, ChannelName, DeadLetter, Delivery, Logger, WorkDone } from '@quakewire/core';
import { concerns, work } from '@quakewire/core';
import { createHandler } from '../../../consumer/src/handler.ts';
import type { Provider } from './provider.ts';
import type { Interposer, SimulatedProcess } from './simulated-process.ts';
import type { Stores } from './stores.ts';
import type { TopicRecord } from './topic.ts';
import type { Witness } from './witness.ts';

export interface ConsumerDeps {
  channel: ChannelName;
  process: SimulatedProcess;
  stores: Stores;
  interpose: Interposer;
  directory: Parameters<typeof work>[2]['endpoints'];
  provider: Provider;
  witness: Witness;
  /** Told of what the provider accepts, whoever hears of that. */
  accepted(reference: string, messageId: string): void;
  /** Time until this invocation is ended, milliseconds. */
  remainingMs(): number;
  nowMs(): number;
  random(): number;
  log: Logger;
}

/** One invocation of the consumer's own handler on one record; resolves when the handler has answered. */
export async function consume(record: TopicRecord, deps: ConsumerDeps): Promise<void> {
  const { channel, process, stores, interpose, log } = deps;
  const reached = {
    runs: process.reach('runs', stores.runs, interpose),
    maps: process.reach('maps', stores.maps, interpose),
    ledger: process.reach('ledger', stores.ledger, interpose),
    budgets: process.reach('budgets', stores.budgets, interpose),
    endpoints: process.reach('endpoints', deps.directory, interpose),
  };
  const deadLetters = {
    send: (letter: DeadLetter): Promise<void> => process.call('deadLetters.send', () => deps.witness.keep(letter)),
  };
  const ports = {
    ...reached,
    channel: channelOf(deps),
    deadLetters,
    clock: process.clock,
    storeTime: process.storeTime,
    random: deps.random,
    log,
    openAddress: () => 'an address',
    concerns,
    renderText: () => ({ subject: 'earthquake', text: 'earthquake' }),
  };
  const handler = createHandler({
    channel,
    deadLetters,
    log,
    keepWarm: async () => void (await reached.budgets.read(channel)),
    work: async (wakeUp, shift): Promise<WorkDone> => work(wakeUp, shift, ports),
  });
  await handler(eventOf(channel, record), { awsRequestId: process.name, getRemainingTimeInMillis: deps.remainingMs });
}

function eventOf(
  channel: ChannelName,
  { partition, offset, message }: TopicRecord,
): Parameters<ReturnType<typeof createHandler>>[0] {
  const topic = `dispatch.${channel}`;
  const value = Buffer.from(JSON.stringify(message)).toString('base64');
  const record = {
    topic,
    partition,
    offset,
    value,
    key: '',
    timestamp: 0,
    timestampType: 'CREATE_TIME' as const,
    headers: [],
  };
  return { eventSource: 'SelfManagedKafka', bootstrapServers: '', records: { [`${topic}-${partition}`]: [record] } };
}

/** The provider as this process reaches it: an abort after the request was written leaves its fate open. */
function channelOf({ channel, process, provider, witness, accepted, nowMs }: ConsumerDeps): Channel {
  return {
    name: channel,
    deliver(notification, signal) {
      const { reference } = notification;
      witness.sendStarts(process.name, reference);
      witness.accounts.sendStarts(channel);
      const startedMs = nowMs();
      const aborted: Delivery = { outcome: 'transient', reason: 'sink:aborted' };
      if (signal.aborted) return Promise.resolve(aborted);
      return new Promise((resolve) => {
        let isCancelled = false;
        const answered = process.call('channel.deliver', (wasHeld, answersAfter): Promise<Delivery> => {
          if (isCancelled) return Promise.resolve(aborted);
          witness.requested(channel, wasHeld);
          const accept = (messageId: string): void => {
            witness.accepted(process.name, reference, wasHeld);
            accepted(reference, messageId);
          };
          return provider.request(accept, answersAfter);
        });
        const leavesAtMs = process.leavesAtMs();
        signal.addEventListener(
          'abort',
          () => {
            isCancelled = nowMs() < leavesAtMs;
            if (!isCancelled) witness.harm.unanswered++;
            resolve(isCancelled ? aborted : { outcome: 'ambiguous', reason: 'sink:aborted' });
          },
          { once: true },
        );
        const hear = (delivery: Delivery): void => {
          if (delivery.outcome === 'throttled') witness.accounts.throttled(channel, startedMs);
          resolve(delivery);
        };
        answered.then(hear, () => resolve({ outcome: 'ambiguous', reason: 'sink:failed' }));
      });
    },
  };
}
