import type { Clock, Logger, Received, Receiver, ReplayGuard } from '@quakewire/core';
import type { KeyRing } from './key-ring.ts';
import { parsePost } from './parse-post.ts';
import { type Claim, digestOf, isSigned, readClaim } from './signature.ts';
import { toBulletin } from './to-bulletin.ts';

export interface Post {
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
}

/** Why a post is not taken; nothing of it is stored. */
export type Refusal = 'tooLarge' | 'forged' | 'late' | 'malformed' | 'replayed';

/** `told`: what became of the bulletin; `earthquakeId` is null where it was not worth keeping. */
export type PostAnswer =
  | { earthquakeId: string | null; told: 'alert' | 'shadow' | 'nobody'; why?: string; alertSeq?: number }
  | { heartbeat: true }
  | { refused: Refusal; problem: string }
  | { failed: true };

export interface PostReceiverDeps {
  keys: KeyRing;
  replays: ReplayGuard;
  /** Reads anew what every alert asks for. */
  refresh(): Promise<void>;
  receive: Receiver;
  /** False: an exercise is checked like everything else, and goes no further. */
  tellExercises: boolean;
  clock: Clock;
  logger: Logger;
}

export const largestBodyBytes = 16 * 1024;
/** How far a post's time may be from ours, before or after. */
export const timestampToleranceSeconds = 30;
/** Longer than a post is valid, whichever of the two clocks is ahead. */
const replaysKeptMs = 10 * 60_000;

/**
 * Takes a signed post: who signed it, when, what it says, that it was not taken before; then the bulletin goes the same
 * way as the leader's. A post that failed is signed and sent again: the same bulletin twice does no harm.
 */
export function createPostReceiver(deps: PostReceiverDeps): (post: Post) => Promise<PostAnswer> {
  const { keys, replays, refresh, receive, tellExercises, clock, logger } = deps;

  /** What is kept in memory serves where it cannot be read anew; what was never read is asked for again when needed. */
  const readAnew = (): Promise<void> =>
    refresh().catch((error: unknown) => logger.error({ error: String(error) }, 'not read anew'));

  return async ({ headers, body }) => {
    const receivedAtMs = clock.wallMs();
    if (body.byteLength > largestBodyBytes) return refuse('tooLarge', `a body has at most ${largestBodyBytes} bytes`);
    const claim = readClaim(headers);
    const key = claim && (await keys(claim.keyId));
    const digest = key && digestOf(key.secret, claim, body);
    if (!digest || !isSigned(claim, digest)) return refuse('forged', 'key or signature is missing or wrong');
    if (!isTimely(claim, receivedAtMs))
      return refuse('late', `webhook-timestamp is more than ${timestampToleranceSeconds} s from our time`);
    const parsed = parsePost(Buffer.from(body).toString('utf8'));
    if ('problem' in parsed) return refuse('malformed', parsed.problem);

    const untilMs = receivedAtMs + replaysKeptMs;
    const [isFirst] = await Promise.all([replays.admit(digest.toString('hex'), untilMs), readAnew()]);
    if (!isFirst) return refuse('replayed', 'this post was taken before: sign each one anew');
    if ('heartbeat' in parsed) return parsed;
    const bulletin = toBulletin(parsed.bulletin, key, receivedAtMs);
    if (bulletin.exercise && !tellExercises) return { earthquakeId: null, told: 'nobody', why: 'exercisesAreOff' };
    return answerOf(await receive(bulletin));
  };
}

const refuse = (refused: Refusal, problem: string): PostAnswer => ({ refused, problem });

const isTimely = ({ timestampSeconds }: Claim, nowMs: number): boolean =>
  Math.abs(nowMs - timestampSeconds * 1000) <= timestampToleranceSeconds * 1000;

function answerOf(received: Received): PostAnswer {
  if ('alert' in received) {
    const { earthquakeId, seq } = received.alert;
    return { earthquakeId, told: 'alert', alertSeq: seq };
  }
  if ('shadow' in received) return { earthquakeId: received.shadow.earthquakeId, told: 'shadow' };
  const earthquakeId = 'earthquakeId' in received ? received.earthquakeId : null;
  return { earthquakeId, told: 'nobody', why: received.none };
}
