import type { ServerResponse } from 'node:http';
import type { Answering, FeedServer } from './feed-server.ts';

/** INFP's stream as its clients have described it: a reconstruction, as there is no recording that may be copied. */
export interface InfpStandIn {
  /** Answers every request with a stream that stays open. */
  open(): void;
  /** Whether anybody listens. */
  isHeard(): boolean;
  /** Writes one message to everybody who listens, in the shape that was published. */
  write(message: Record<string, unknown>): void;
  /** Writes bytes as they are. */
  writeRaw(text: string): void;
}

/** Makes a server answer every request with an event stream that stays open. */
export function standInForInfp(server: FeedServer): InfpStandIn {
  const listeners = new Set<ServerResponse>();
  const stream: Answering = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).flushHeaders();
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  };
  const open = (): void => {
    server.answer = stream;
  };
  const writeRaw = (text: string): void => {
    for (const listener of listeners) listener.write(text);
  };
  open();
  const isHeard = (): boolean => listeners.size > 0;
  return { open, isHeard, write: (message) => writeRaw(`data: ${JSON.stringify(message)}\n\n`), writeRaw };
}

/** What one message says at a time of day; at rest unless told otherwise. */
export const infpMessage = (nowMs: number, { mag = '0.1', sec = '30' } = {}): Record<string, string> => ({
  ...{ mag, sec, key: 'NjY2NDYyMzAz' },
  heart: `${new Date(nowMs).toISOString().slice(0, 19).replace('T', ' ')} HEARTBEAT`,
});
