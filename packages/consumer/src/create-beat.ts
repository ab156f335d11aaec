import type { Logger, TimerClock } from '@quakewire/core';
import type { WebhookChannel } from '@quakewire/notifier-channels/webhook';

export interface BeatPorts {
  channel: Pick<WebhookChannel, 'beat'>;
  /** Addresses of the receivers that asked for heartbeats; read each time, so that a change is heeded within a minute. */
  readReceivers(): Promise<readonly string[]>;
  clock: TimerClock;
  log: Logger;
}

/** What waited longer in Kafka shows that something does not live. */
const freshMs = 60_000;
/** A receiver that takes longer has missed this one: the next comes in a minute. */
const callTimeoutMs = 5_000;

/**
 * One signed heartbeat to each receiver, side by side, none tried again. It has come the way of an alert, from the leader
 * through Kafka, so that a receiver that misses three in a row has reason to raise its own alarm.
 */
export function createBeat({
  channel,
  readReceivers,
  clock,
  log,
}: BeatPorts): (publishedAtMs: number) => Promise<void> {
  async function beat(address: string): Promise<string | undefined> {
    const abort = new AbortController();
    const callOff = clock.startTimer(callTimeoutMs, () => abort.abort(new Error('no answer in time')));
    const delivery = await channel.beat(address, abort.signal);
    callOff();
    return delivery.outcome === 'accepted' ? undefined : delivery.reason;
  }

  return async (publishedAtMs) => {
    if (clock.wallMs() - publishedAtMs > freshMs) return;
    const reasons = await Promise.all((await readReceivers()).map(beat));
    // Positions in the list: an address is nobody else's business.
    const missed = reasons.flatMap((reason, position) => (reason === undefined ? [] : [{ position, reason }]));
    if (missed.length > 0) log.warn({ receivers: reasons.length, missed }, 'heartbeats not received');
  };
}
