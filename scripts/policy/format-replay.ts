import { type Alert, type AlertPolicy, blindZoneKm } from '@quakewire/core';
import type { Recording } from './recording.ts';
import type { Replayed } from './replay.ts';

/** The alerts that the reports would have caused, and how many caused none and why. */
export function formatReplay(
  recordings: readonly Recording[],
  replayed: readonly Replayed[],
  policy: AlertPolicy,
): string {
  const regions = Object.entries(policy.regions).map(([name, { mode }]) => `${name} ${mode}`);
  const told = replayed.flatMap((one) => toldOf(one));
  return [
    `policy ${policy.version} (${regions.join(', ')}) on ${recordings.length} recordings, ${replayed.length} reports`,
    '',
    told.length === 0 ? 'no alert' : `${told.length} alerts`,
    ...told,
    '',
    'no alert, by reason',
    ...formatReasons(replayed),
    '',
    'left out by the parsers',
    ...formatLeftOut(recordings),
    '',
  ].join('\n');
}

function toldOf({ received, atMs }: Replayed): string[] {
  if ('none' in received) return [];
  const alert: Alert = 'alert' in received ? received.alert : received.shadow;
  const { originTimeMs, depthKm } = alert.hypocentre;
  const after = Math.round((atMs - originTimeMs) / 1000);
  const mode = 'shadow' in received ? 'shadow' : 'live';
  const magnitude = `M${alert.magnitude.toFixed(1)}`;
  const depth = `${Math.round(depthKm)} km deep`;
  return [
    `  ${isoSecond(atMs)}  ${mode.padEnd(6)} ${alert.kind.padEnd(6)} ${alert.type.padEnd(12)} ${magnitude}, ${depth}, ` +
      `${after} s after origin, radius ${alert.areaRadiusKm} km${blindZone(alert)}  ${alert.earthquakeId}/${alert.seq}  ${alert.region}`,
  ];
}

const blindZone = ({ type, hypocentre, issuedAtMs }: Alert): string =>
  type === 'earlyWarning' ? `, blind zone ${Math.round(blindZoneKm(hypocentre, issuedAtMs))} km` : '';

function formatReasons(replayed: readonly Replayed[]): string[] {
  const reasons = new Map<string, Replayed[]>();
  for (const one of replayed) {
    if (!('none' in one.received)) continue;
    reasons.set(one.received.none, [...(reasons.get(one.received.none) ?? []), one]);
  }
  return [...reasons]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([reason, ones]) => `  ${String(ones.length).padStart(6)}  ${reason.padEnd(18)} e.g. ${exampleOf(ones)}`);
}

/** The largest of them says most. */
function exampleOf(ones: readonly Replayed[]): string {
  const [first] = ones.toSorted((a, b) => b.bulletin.magnitude - a.bulletin.magnitude);
  if (!first) return '';
  const { id, magnitude, hypocentre, region } = first.bulletin;
  return `M${magnitude.toFixed(1)} ${isoSecond(hypocentre.originTimeMs)} ${id} ${region}`;
}

function formatLeftOut(recordings: readonly Recording[]): string[] {
  const sums: Record<string, number> = {};
  for (const { leftOut } of recordings)
    for (const [why, count] of Object.entries(leftOut)) sums[why] = (sums[why] ?? 0) + count;
  return Object.entries(sums).map(([why, count]) => `  ${String(count).padStart(6)}  ${why}`);
}

const isoSecond = (timeMs: number): string => `${new Date(timeMs).toISOString().slice(0, 19)}Z`;
