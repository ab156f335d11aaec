import type { Clock } from '@quakewire/core';
import type WebSocket from 'ws';

const pingMs = 15_000;
/** After this long without a frame the service is asked whether the socket has gone deaf; quiet nights are as long. */
const quietMs = 5 * 60_000;

/** Pings until aborted, or until one was left unanswered: then true. */
export async function isSilent(
  socket: WebSocket,
  clock: Clock,
  onAnswer: () => void,
  until: AbortSignal,
): Promise<boolean> {
  let isAnswered = true;
  socket.on('pong', () => {
    isAnswered = true;
    onAnswer();
  });
  while (isAnswered) {
    isAnswered = false;
    socket.ping();
    await clock.sleep(pingMs, until).catch(() => undefined);
    if (until.aborted) return false;
  }
  return true;
}

/**
 * Catches up at once and after each quiet while until aborted, or until a socket had kept to itself what the service
 * told: then true.
 * @param catchUp how many bulletins were new.
 */
export async function isDeaf(
  socket: WebSocket,
  clock: Clock,
  catchUp: () => Promise<number>,
  until: AbortSignal,
): Promise<boolean> {
  let isQuiet = false;
  socket.on('message', () => {
    isQuiet = false;
  });
  await catchUp();
  while (!until.aborted) {
    isQuiet = true;
    await clock.sleep(quietMs, until).catch(() => undefined);
    if (!until.aborted && isQuiet && (await catchUp()) > 0) return true;
  }
  return false;
}
