import type { ChannelTfvars, Tfvars } from '@quakewire/scaling';
import type { LiveValues } from '../snapshot/manifest.ts';

/** A field that stays above what the snapshot had. */
export interface Lifted {
  channel: string;
  /** `channel` when the whole channel stays. */
  field: 'partitions' | 'warm_workers' | 'channel';
  /** Null when the snapshot did not know the channel. */
  snapshot: number | null;
  stays: number | null;
  reason: string;
}

export interface LiftedScaling {
  scaling: Tfvars;
  lifted: Lifted[];
}

/**
 * The snapshot's sizing as it can be applied today. What only grows stays as high as it lives now: a lower number would
 * delete a topic with its wake-ups, take a warm worker's resource away, or remove a channel's function.
 */
export function liftRatchets(snapshot: Tfvars, inForce: Tfvars, live: LiveValues): LiftedScaling {
  const lifted: Lifted[] = [];
  const wanted = { ...inForce.scaling.channels, ...snapshot.scaling.channels };
  const channels = Object.entries(wanted).map(([name, channel]): [string, ChannelTfvars] => {
    if (!Object.hasOwn(snapshot.scaling.channels, name)) {
      const reason = 'the snapshot does not know it; removing a channel is done by a person';
      lifted.push({ channel: name, field: 'channel', snapshot: null, stays: null, reason });
    }
    return [name, liftChannel(name, channel, inForce.scaling.channels[name], live.partitions[name] ?? 0, lifted)];
  });
  return { scaling: { scaling: { ...snapshot.scaling, channels: Object.fromEntries(channels) } }, lifted };
}

function liftChannel(
  name: string,
  channel: ChannelTfvars,
  inForce: ChannelTfvars | undefined,
  livePartitions: number,
  lifted: Lifted[],
): ChannelTfvars {
  const partitions = Math.max(channel.partitions, livePartitions, inForce?.partitions ?? 0);
  if (partitions > channel.partitions) {
    const reason = 'partitions only grow: fewer would mean a new, empty topic';
    lifted.push({ channel: name, field: 'partitions', snapshot: channel.partitions, stays: partitions, reason });
  }
  const warm = (inForce?.warm_workers ?? 0) > 0 ? Math.max(1, channel.warm_workers) : channel.warm_workers;
  if (warm > channel.warm_workers) {
    const reason = 'between none and one warm worker Terraform would delete a resource';
    lifted.push({ channel: name, field: 'warm_workers', snapshot: channel.warm_workers, stays: warm, reason });
  }
  return { ...channel, partitions, warm_workers: warm };
}
