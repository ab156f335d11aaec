import type { Bulletin, Clock } from '@quakewire/core';
import type { Source } from '../sources/source.ts';

const lookMs = 100;
/** A feed that is down must not keep the others from being listened to. */
const longestWarmUpMs = 3_000;

/** Runs all sources side by side until aborted. */
export function listen(
  sources: readonly Source[],
  onBulletin: (bulletin: Bulletin) => void,
  clock: Clock,
  signal: AbortSignal,
): { warm: Promise<void>; ended: Promise<void> } {
  const ended = Promise.all(sources.map((source) => source.run(onBulletin, signal))).then(() => undefined);
  return { warm: warmUp(sources, clock), ended };
}

async function warmUp(sources: readonly Source[], clock: Clock): Promise<void> {
  const untilMs = clock.monotonicMs() + longestWarmUpMs;
  const isWarm = (): boolean => sources.every((source) => source.health().lastHeardAtMs !== undefined);
  while (!isWarm() && clock.monotonicMs() < untilMs) await clock.sleep(lookMs);
}
