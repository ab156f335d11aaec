import type { ChannelName } from '@quakewire/core';
import { type Behaviour, type Fate, fateOf } from './behaviour.ts';
import type { Dialect, SinkAnswer, SinkMessage, SinkRequest } from './dialects/dialect.ts';
import { createDraws, drawOf } from './draws.ts';
import { createMessageLog, type MessageLog } from './message-log.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';

/** What goes back over the wire: an answer, silence, or a cut connection. */
export type Reply = SinkAnswer | 'silence' | 'cut';

/** One provider: its protocol, its behaviour of the moment and what it has seen. */
export interface Provider {
  readonly log: MessageLog;
  behaviour(): Behaviour;
  setBehaviour(behaviour: Behaviour): void;
  /** Decides about one request; a message counts as accepted whether or not its sender still waits. */
  handle(request: SinkRequest, reply: (reply: Reply) => void): void;
  /** Resolves with the next request's arrival. */
  nextRequest(): Promise<void>;
}

export interface ProviderOptions {
  channel: ChannelName;
  dialect: Dialect;
  behaviour: Behaviour;
  seed: number;
}

/** Milliseconds since the epoch with fractions, so that messages of one millisecond keep their order. */
const epochMs = (): number => performance.timeOrigin + performance.now();

export const createProvider = ({ channel, dialect, behaviour: initial, seed }: ProviderOptions): Provider => {
  const log = createMessageLog();
  const draw = createDraws(drawOf(seed, channel) * 2 ** 32);
  let behaviour = initial;
  let rateLimit: RateLimit = createRateLimit(initial.ratePerSecond);
  let accepted = 0;
  const waiting: (() => void)[] = [];

  const accept = (message: SinkMessage, arrivedAtMs: number): string => {
    accepted += 1;
    const messageId = dialect.messageId(accepted);
    log.accept({ channel, ...message, messageId, arrivedAtMs, acceptedAtMs: epochMs() });
    return messageId;
  };

  const decide = (fate: Fate, message: SinkMessage, request: SinkRequest, arrivedAtMs: number): Reply => {
    switch (fate) {
      case 'accept':
        return dialect.accepted({ to: message.to, messageId: accept(message, arrivedAtMs), request });
      case 'reject':
        log.count('rejected');
        return dialect.rejected(message.to);
      case 'fail':
        log.count('failed');
        return dialect.failed();
      default:
        log.count('unanswered');
        if (fate === 'hangAccepted' || fate === 'cutAccepted') accept(message, arrivedAtMs);
        return fate === 'hang' || fate === 'hangAccepted' ? 'silence' : 'cut';
    }
  };

  return {
    log,
    behaviour: () => behaviour,
    setBehaviour(next) {
      if (next.ratePerSecond !== behaviour.ratePerSecond) rateLimit = createRateLimit(next.ratePerSecond);
      behaviour = next;
    },
    handle(request, reply) {
      const arrivedAtMs = epochMs();
      log.requestArrived(arrivedAtMs);
      for (const resolve of waiting.splice(0)) resolve();
      const understood = dialect.understand(request);
      if (understood.kind === 'malformed') {
        log.count('malformed');
        return reply(understood.answer);
      }
      const waitMs = rateLimit.take(arrivedAtMs);
      if (waitMs > 0) {
        log.count('throttled');
        return reply(dialect.throttled(waitMs));
      }
      const { kind: _kind, ...message } = understood;
      const fate = fateOf(behaviour, drawOf(seed, message.to), draw(), draw());
      const finish = () => reply(decide(fate, message, request, arrivedAtMs));
      if (behaviour.latencyMs === 0) finish();
      else setTimeout(finish, behaviour.latencyMs);
    },
    nextRequest: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
  };
};
