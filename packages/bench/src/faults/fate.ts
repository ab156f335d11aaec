import type { Outcome } from '@quakewire/core';

/** What became of somebody who was to be told, and what the design says of it. */
export interface Fate {
  /** Messages that the provider accepted for this endpoint and this alert. */
  told: number;
  /** Undefined: there is no record. */
  recorded: Outcome | undefined;
  /** The record said at some time that nothing was known. */
  wasUnknown: boolean;
}

/** How one alert or several ended. */
export interface Harm {
  toBeTold: number;
  /** Nobody told them, and no record says that this may be so. */
  missed: number;
  /** Told twice or more, and no record ever said that this may be so. */
  doubled: number;
  /** Recorded as unknown: may have been told or not. */
  unknown: number;
  /** Told, but the record is gone or says something else. */
  unrecorded: number;
}

export const noHarm: Harm = { toBeTold: 0, missed: 0, doubled: 0, unknown: 0, unrecorded: 0 };

export function harmOf(fates: Iterable<Fate>): Harm {
  const harm = { ...noHarm };
  for (const { told, recorded, wasUnknown } of fates) {
    harm.toBeTold++;
    if (recorded === 'unknown') harm.unknown++;
    else if (told === 0) harm.missed++;
    else if (recorded !== 'accepted') harm.unrecorded++;
    if (told > 1 && recorded !== 'unknown' && !wasUnknown) harm.doubled++;
  }
  return harm;
}

export function addHarm(a: Harm, b: Harm): Harm {
  const sum = { ...a };
  for (const name of Object.keys(sum) as (keyof Harm)[]) sum[name] += b[name];
  return sum;
}
