import {
  type Alert,
  type BroadcastText,
  type Channel,
  isQuietUpdate,
  renderBroadcast,
  type TimerClock,
} from '@quakewire/core';

/** Public chats, one for each language that has one; several languages may share a chat. */
export interface PublicChats {
  /** By whose account the posts are made: the bot must be allowed to post there. */
  channel: Channel;
  /** Chat id or `@name` by language (BCP 47). */
  chatOf: Readonly<Record<string, string | undefined>>;
}

const attempts = 3;
const callTimeoutMs = 5_000;
const longestWaitMs = 5_000;

/**
 * One post for each language that has a chat, side by side; an update that changes little makes no sound. Tried again only
 * where nothing was posted for certain.
 * @throws Error that names each language that was not posted, and why.
 */
export async function postToChats(alert: Alert, { channel, chatOf }: PublicChats, clock: TimerClock): Promise<void> {
  const posts = renderBroadcast(alert).map(async (text) => {
    const address = chatOf[text.language];
    return address === undefined ? [] : post(alert, text, address, channel, clock);
  });
  const failures = (await Promise.all(posts)).flat();
  if (failures.length > 0) throw new Error(`not posted: ${failures.join('; ')}`);
}

/** @returns why it was not posted. */
async function post(
  alert: Alert,
  { language, description, instruction }: BroadcastText,
  address: string,
  channel: Channel,
  clock: TimerClock,
): Promise<string[]> {
  const notification = {
    address,
    message: { subject: '', text: `${description}\n${instruction}` },
    exercise: alert.exercise,
    isSilent: isQuietUpdate(alert),
    reference: `${alert.earthquakeId}/${alert.seq}/${language}`,
    validForSeconds: Math.max(1, Math.floor((alert.expiresAtMs - alert.issuedAtMs) / 1000)),
  };
  for (let attempt = 1; ; attempt++) {
    const abort = new AbortController();
    const callOff = clock.startTimer(callTimeoutMs, () => abort.abort(new Error('no answer in time')));
    const delivery = await channel.deliver(notification, abort.signal);
    callOff();
    if (delivery.outcome === 'accepted') return [];
    const isNotPosted = delivery.outcome === 'transient' || delivery.outcome === 'throttled';
    if (!isNotPosted || attempt === attempts) return [`${language}: ${delivery.reason}`];
    await clock.sleep(Math.min(delivery.retryAfterMs ?? 1_000, longestWaitMs));
  }
}
