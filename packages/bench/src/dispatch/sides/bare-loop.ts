import { type ChannelName, createPacer, type MessageText, renderText } from '@quakewire/core';
import { systemClock } from '@quakewire/lambda-runtime';
import { anAlert, anEndpoint } from '@quakewire/testing';
import { createBareLibrary } from '../libraries/create-bare-library.ts';
import { addressOf, createProductChannel } from '../provider-account.ts';
import type { CallSpan, Side, SideOptions } from './side.ts';

/** What the product tells somebody there. */
function messageOn(channel: ChannelName): MessageText {
  const alert = anAlert();
  return renderText(alert, anEndpoint(1, { channel, ...alert.hypocentre }), alert.issuedAtMs);
}

const validForSeconds = 3_600;

/** One message after the other, so many at a time, with nothing around. */
export function createBareLoop({ side, channel, sinkUrl }: SideOptions, span: CallSpan): Side {
  const message = messageOn(channel);
  const send = side === 'library' ? createBareLibrary(channel, message, sinkUrl) : byChannel(channel, message, sinkUrl);
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

function byChannel(name: ChannelName, message: MessageText, sinkUrl: string): (address: string) => Promise<void> {
  const channel = createProductChannel(name, sinkUrl);
  const { signal } = new AbortController();
  return async (address) => {
    const notification = { address, message, exercise: false, reference: address, validForSeconds };
    const { outcome } = await channel.deliver(notification, signal);
    if (outcome !== 'accepted') throw new Error(`the sink's answer was ${outcome}`);
  };
}
