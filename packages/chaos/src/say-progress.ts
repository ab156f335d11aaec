import { channelNames } from '@quakewire/core';
import type { SinksClient, Terminal } from '@quakewire/demo';

const everyMs = 5_000;

/** Says now and then what the providers have accepted so far. */
export function sayProgress(sinks: Pick<SinksClient, 'stats'>, terminal: Pick<Terminal, 'line'>): { stop(): void } {
  const timer = setInterval(() => {
    sinks.stats().then(
      (stats) =>
        terminal.line(
          `  accepted so far: ${channelNames.map((name) => `${name} ${stats[name].accepted}`).join('   ')}`,
        ),
      () => undefined,
    );
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
