import type { Channel, ChannelName, Clock, Delivery, Notification } from '@quakewire/core';

/** What a provider does with the next messages. */
export type ProviderMode =
  | 'accepting'
  /** Refuses each address for good. */
  | 'rejecting'
  /** Too fast: come back later. */
  | 'throttling'
  /** Takes the request and never answers. */
  | 'hanging'
  /** Takes the request and cuts the connection. */
  | 'cutting'
  /** Nobody listens. */
  | 'refusing';

/** `busy`: cannot take this one message now, come back later; the account is not too fast. */
export type MessageMode = ProviderMode | 'busy';

export interface FakeChannelOptions {
  name?: ChannelName;
  /** With `latencyMs`: how long each call takes, by this clock. */
  clock?: Clock;
  latencyMs?: number;
  /** The mode for one message; left out, the mode that was set last. */
  modeFor?: (notification: Notification) => MessageMode;
  /** Told with a throttle or a busy answer, milliseconds. */
  retryAfterMs?: number;
}

/** A Channel and its provider in memory, with every request that reached the provider. */
export interface FakeChannel extends Channel {
  setMode(mode: ProviderMode): void;
  /** Addresses of the requests that the provider has seen, in order. */
  readonly requested: readonly string[];
  /** Notifications that the provider has accepted, in order. */
  readonly accepted: readonly Notification[];
  nextRequest(): Promise<void>;
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** An in-memory Channel that keeps the port's contract in every mode. */
export const createFakeChannel = (options: FakeChannelOptions = {}): FakeChannel => {
  const { name = 'sms', clock, latencyMs = 0, retryAfterMs = 1000 } = options;
  const requested: string[] = [];
  const accepted: Notification[] = [];
  let current: ProviderMode = 'accepting';
  const waiting: (() => void)[] = [];

  const answer = async (notification: Notification, mode: MessageMode, signal: AbortSignal): Promise<Delivery> => {
    switch (mode) {
      case 'refusing':
        return { outcome: 'transient', reason: 'network:ECONNREFUSED' };
      case 'rejecting':
        return { outcome: 'rejected', reason: 'fake:optedOut', endpointUnusable: true };
      case 'throttling':
        return { outcome: 'throttled', reason: 'fake:tooFast', retryAfterMs };
      case 'busy':
        return { outcome: 'transient', reason: 'fake:busy', retryAfterMs };
      case 'cutting':
        return { outcome: 'ambiguous', reason: 'network:ECONNRESET' };
      case 'hanging':
        await aborted(signal);
        return { outcome: 'ambiguous', reason: 'network:ABORT_ERR' };
      case 'accepting':
        accepted.push(notification);
        return { outcome: 'accepted', messageId: `fake-${accepted.length}` };
    }
  };

  return {
    name,
    requested,
    accepted,
    setMode(mode) {
      current = mode;
    },
    nextRequest: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
    async deliver(notification, signal) {
      if (signal.aborted) return { outcome: 'transient', reason: 'network:ABORT_ERR' };
      const mode = options.modeFor?.(notification) ?? current;
      if (mode !== 'refusing') {
        requested.push(notification.address);
        for (const resolve of waiting.splice(0)) resolve();
      }
      if (clock && latencyMs > 0) {
        const late = await clock.sleep(latencyMs, signal).then(
          () => false,
          () => true,
        );
        if (late) return { outcome: 'ambiguous', reason: 'network:ABORT_ERR' };
      }
      return answer(notification, mode, signal);
    },
  };
};
