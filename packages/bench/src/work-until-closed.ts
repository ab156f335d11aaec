import { type ChannelName, createRunWatch, type SupervisorPorts, superviseRuns, type WakeUp } from '@quakewire/core';
import type { InProcessTopic } from './in-process-topic.ts';

/** As often as the leader does. */
const superviseEveryMs = 2_000;

/**
 * Lets workers and the supervisor go on until every run of the channel is closed and off the open list.
 * @throws when that takes longer than `limitMs`.
 */
export async function workUntilClosed(
  channel: ChannelName,
  topic: InProcessTopic,
  work: (wakeUp: WakeUp, partition: number) => Promise<void>,
  ports: SupervisorPorts,
  limitMs: number,
): Promise<void> {
  let isOver = false;
  const consumed = topic.consume(work, () => isOver);
  try {
    await supervise(channel, ports, limitMs);
  } finally {
    isOver = true;
    await consumed;
  }
}

async function supervise(channel: ChannelName, ports: SupervisorPorts, limitMs: number): Promise<void> {
  const watch = createRunWatch();
  const untilMs = ports.clock.monotonicMs() + limitMs;
  for (;;) {
    await superviseRuns([channel], watch, ports);
    // A pass forgets the runs that are no longer on the open list.
    if (watch.size === 0) return;
    if (ports.clock.monotonicMs() > untilMs) throw new Error(`the run is not closed after ${limitMs / 1000} s`);
    await ports.clock.sleep(superviseEveryMs);
  }
}
