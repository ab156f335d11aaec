import type { ChannelName } from '@quakewire/core';
import type { SeededRandom } from '@quakewire/testing';

/** The world of one seed before anything goes wrong in it. */
export interface Scenario {
  channels: readonly ChannelName[];
  /** Over all channels. */
  endpoints: number;
  /** Coarse cells that a channel's endpoints lie in; no page spans two. */
  cells: number;
  pageEndpoints: number;
  segmentEndpoints: number;
  ratePerSecond: number;
  maxWorkersPerSegment: number;
  partitions: number;
  /** Time that a consumer's invocation has. */
  invocationMs: number;
  type: 'earlyWarning' | 'notification';
  exercise: boolean;
  /** From its issue to its expiry. */
  usefulMs: number;
  /** Share of sends that the provider refuses definitely, for good or for now. */
  refusals: number;
  /** Share of those on SMS who have a backup endpoint on Telegram, where that is a channel. */
  backups: number;
}

const pick = <Item>(random: SeededRandom, items: readonly Item[]): Item =>
  items[random.between(0, items.length - 1)] as Item;

/** Most worlds are quick; in some a page takes longer than a hold, so that its holder must renew it. */
export function drawScenario(random: SeededRandom): Scenario {
  const isSlow = random.chance(0.08);
  return {
    channels: random.chance(0.6) ? ['sms'] : ['sms', 'telegram'],
    endpoints: 300,
    cells: random.between(3, 8),
    pageEndpoints: isSlow ? random.between(80, 120) : random.between(10, 40),
    segmentEndpoints: random.between(40, 150),
    ratePerSecond: isSlow ? 20 : pick(random, [60, 100, 200, 300, 500]),
    maxWorkersPerSegment: random.between(1, 3),
    partitions: random.between(3, 8),
    invocationMs: random.chance(0.2) ? random.between(35_000, 60_000) : 120_000,
    type: random.chance(0.5) ? 'earlyWarning' : 'notification',
    exercise: random.chance(0.05),
    usefulMs: random.chance(0.15) ? random.between(1_000, 20_000) : 600_000,
    refusals: random.chance(0.3) ? 0.1 : 0,
    backups: random.chance(0.8) ? 0.6 : 0,
  };
}
