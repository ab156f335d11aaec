import { ownValue } from '../decide/own-value.ts';
import type { Sizing } from '../decide/sizing.ts';
import { ActError } from './act-error.ts';
import type { ChannelTfvars, Tfvars } from './tfvars.ts';

/** Fields that a sizing without history must not lower. */
const capacityFields = [
  'active_partitions',
  'partitions',
  'reserved_concurrency',
  'warm_workers',
  'memory_mb',
] as const;

/**
 * Refuses what would take away capacity without the agreement of several runs, whatever wrote the sizing: a channel
 * that is gone, a partition count that falls (the topic would be replaced), a first sizing below what is in force.
 * @throws {ActError} Naming the channel, the field and both values.
 */
export function refuseLoss(next: Tfvars, inForce: Tfvars | null, sizing: Sizing): void {
  for (const [name, current] of Object.entries(inForce?.scaling.channels ?? {})) {
    const wanted = ownValue(next.scaling.channels, name);
    if (wanted === undefined) {
      throw new ActError(`channel ${name} is in force but not in the sizing: removing a channel is done by a person`);
    }
    const isFirst = sizing.reasons.some((reason) => reason.code === 'FIRST_SIZING' && reason.channel === name);
    refuseLower(name, wanted, current, isFirst ? capacityFields : ['partitions']);
  }
}

function refuseLower(
  name: string,
  wanted: ChannelTfvars,
  current: ChannelTfvars,
  fields: readonly (typeof capacityFields)[number][],
): void {
  const lower = fields.find((field) => wanted[field] < current[field]);
  if (lower === undefined) return;
  throw new ActError(
    `channel ${name}: ${lower} would fall from ${current[lower]} to ${wanted[lower]} without the history that allows it; ` +
      'give the last sizing with --previous, or decide again from the file in force',
  );
}
