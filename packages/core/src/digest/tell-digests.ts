import type { Alert } from '../alert/alert.ts';
import type { AlertPolicy } from '../alert/alert-policy.ts';
import type { Dispatched } from '../dispatch/dispatch-alert.ts';
import type { RunStore } from '../dispatch/run.ts';
import type { Aftershock } from '../earthquake/aftershock.ts';
import type { EarthquakeStore } from '../earthquake/earthquake-store.ts';
import type { StoreTime } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { digestId, digestOf, largestOf } from './digest-of.ts';
import { type DigestTime, digestTimeAt } from './digest-time.ts';

export interface TellDigestsDeps {
  earthquakes: Pick<EarthquakeStore, 'listAftershocks' | 'read'>;
  runs: Pick<RunStore, 'readAlert'>;
  policy: AlertPolicy;
  storeNow: StoreTime;
  dispatch(alert: Alert): Promise<readonly Dispatched[]>;
  logger: Logger;
}

/** Dispatched again for so long: whoever made it may have died before its wake-ups. */
const againMs = 3 * 60_000;
/** A digest later than this after its time is left out. */
const latestMs = 2 * 3_600_000;

/**
 * Tells the digests whose time has come: one for each mainshock with aftershocks since the time before. To be called every
 * minute; whoever calls it, each digest is made once and may be dispatched again.
 */
export async function tellDigests(deps: TellDigestsDeps): Promise<void> {
  const hoursUtc = deps.policy.aftershocks.digestHoursUtc;
  if (!hoursUtc) return;
  const time = digestTimeAt(deps.storeNow(), hoursUtc);
  if (deps.storeNow() - time.atMs > latestMs) return;
  const found = await deps.earthquakes.listAftershocks(time.beforeMs);
  const due = found.filter(({ hypocentre }) => hypocentre.originTimeMs < time.atMs);
  for (const mainshockId of new Set(due.map((aftershock) => aftershock.mainshockId)))
    await tellDigest(
      due.filter((aftershock) => aftershock.mainshockId === mainshockId),
      time,
      deps,
    );
}

async function tellDigest(aftershocks: readonly Aftershock[], time: DigestTime, deps: TellDigestsDeps): Promise<void> {
  const { mainshockId, earthquakeId } = largestOf(aftershocks);
  const told = await deps.runs.readAlert(digestId(mainshockId, time), 1);
  if (told && deps.storeNow() - told.issuedAtMs > againMs) return;
  const digest = told ?? (await newDigest(aftershocks, earthquakeId, time, deps));
  if (!digest) return;
  await deps.dispatch(digest);
  if (!told)
    deps.logger.info({ alert: digest.earthquakeId, aftershocks: aftershocks.length }, 'digest of aftershocks told');
}

async function newDigest(
  aftershocks: readonly Aftershock[],
  largestId: string,
  time: DigestTime,
  { earthquakes, policy, storeNow }: TellDigestsDeps,
): Promise<Alert | undefined> {
  const largest = await earthquakes.read(largestId);
  return largest && digestOf(aftershocks, largest.preferred, time, policy, storeNow());
}
