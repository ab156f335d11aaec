import type { Policy } from '@quakewire/scaling';
import type { World } from './world.ts';

type Channel = Policy['channels'][number];

/** The operators agree on another rate with one provider: one number of the sizing item, always something to apply. */
export function changeRate(world: World): void {
  changeChannel(world, 'telegram', ({ senders, ...channel }) => ({
    ...channel,
    senders: senders.map((sender) => ({ ...sender, providerRatePerSecond: sender.providerRatePerSecond + 100 })),
  }));
}

/** The operators want more workers to stand ready: item, partitions, mapping and function change together. */
export function raiseMinimum(world: World, minimumActivePartitions: number): void {
  changeChannel(world, 'webhook', (channel) => ({ ...channel, minimumActivePartitions }));
}

function changeChannel(world: World, name: string, change: (channel: Channel) => Channel): void {
  const channels = world.policy.channels.map((channel) => (channel.name === name ? change(channel) : channel));
  world.policy = { ...world.policy, channels };
}
