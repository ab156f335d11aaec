import { type ChannelName, createPacer } from '@quakewire/core';
import { systemClock } from '@quakewire/lambda-runtime';
import { createBareLibrary } from '../libraries/bare-library.ts';
import { addressOf, createProductChannel } from '../provider-account.ts';
import type { CallSpan, Side, SideOptions } from './side.ts';

/** As long as an alert's. */
const message = {
  subject: 'Earthquake M6.2, Marmara Sea',
  text: 'Earthquake M6.2, Marmara Sea, 61 km from you, at 12:49:10. Strong shaking is possible. Move away from windows.',
};
const validForSeconds = 3_600;

/** One message after the other, so many at a time, with nothing around. */
export function createBareLoop({ side, channel, sinkUrl }: SideOptions, span: CallSpan): Side {
  const send = side === 'library' ? byLibrary(channel, sinkUrl) : byChannel(channel, sinkUrl);
  let next = 0;
  return async (job) => {
    if (!('sends' in job)) throw new TypeError('a bare loop takes no wake-ups');
    let left = job.sends;
    const turn = turnsAt(job.ratePerSecond);
    const lane = async (): Promise<void> => {
      while (left-- > 0) {
        await turn();
        const address = addressOf(channel, next++, sinkUrl);
        await span.time(() => send(address));
      }
    };
    await Promise.all(Array.from({ length: job.concurrency }, lane));
  };
}

/** As late as a worker's turns may be and still be caught up. */
const catchUpMs = 25;

/** Waits until the next call may start; without a rate it always may. */
function turnsAt(ratePerSecond = Number.POSITIVE_INFINITY): () => Promise<void> {
  const pacer = createPacer(ratePerSecond, catchUpMs, systemClock.monotonicMs());
  return async () => {
    const waitMs = pacer.take(systemClock.monotonicMs());
    if (waitMs > 0) await systemClock.sleep(waitMs);
    pacer.used(systemClock.monotonicMs());
  };
}

function byLibrary(channel: ChannelName, sinkUrl: string): (address: string) => Promise<void> {
  const library = createBareLibrary(channel, sinkUrl);
  return (address) => library({ address, ...message });
}

function byChannel(name: ChannelName, sinkUrl: string): (address: string) => Promise<void> {
  const channel = createProductChannel(name, sinkUrl);
  const { signal } = new AbortController();
  return async (address) => {
    const notification = { address, message, exercise: false, reference: address, validForSeconds };
    const { outcome } = await channel.deliver(notification, signal);
    if (outcome !== 'accepted') throw new Error(`the sink's answer was ${outcome}`);
  };
}
