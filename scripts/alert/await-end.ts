import { formatEnd } from './format-requests.ts';
import type { OperatorPorts } from './operator-ports.ts';

const lookMs = 250;
/** A leader looks twice a second; a new one takes over within ten. */
const longestLooks = 80;

/** Waits until a request ended as it should. @throws Error that says how it ended instead, or that nobody ends it. */
export async function awaitEnd(
  id: string,
  wanted: 'dispatched' | 'withdrawn',
  { requests, sleep }: OperatorPorts,
): Promise<string> {
  for (let look = 0; look < longestLooks; look++) {
    const ended = (await requests.listEnded(20)).find((one) => one.id === id);
    if (ended?.end.what === wanted) return formatEnd(ended);
    if (ended) throw new Error(formatEnd(ended));
    await sleep(lookMs);
  }
  throw new Error(`Written as ${id}, but no leader has taken it within 20 s: is the producer running? list shows it.`);
}
