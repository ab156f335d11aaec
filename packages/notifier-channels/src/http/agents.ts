import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/**
 * Idle connections are dropped after this time: sooner than any provider does, so that a request is not written to a
 * connection that the other side is just closing (its outcome would be unknown). After a freeze of the function the
 * time is over at the first turn of the event loop.
 */
const defaultIdleMs = 4000;

export interface Agents {
  http: HttpAgent;
  https: HttpsAgent;
}

/** Keep-alive agents of one channel; the worker bounds the calls in flight, so the agents do not. */
export const createAgents = (idleMs = defaultIdleMs): Agents => {
  const options = { keepAlive: true, timeout: idleMs, scheduling: 'lifo' } as const;
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
};
