import type { Alert } from '../alert/alert.ts';
import type { AlertPolicy } from '../alert/alert-policy.ts';
import { proposeAlert } from '../alert/propose-alert.ts';
import type { Aftershock } from '../earthquake/aftershock.ts';
import type { Bulletin } from '../earthquake/bulletin.ts';
import { templateVersion } from '../message/render-text.ts';
import type { DigestTime } from './digest-time.ts';

/** Whoever makes the digest of a mainshock at that time makes the same one. */
export const digestId = (mainshockId: string, { atMs }: DigestTime): string =>
  `digest-${new Date(atMs).toISOString().slice(0, 13).replaceAll(/[-:T]/g, '')}-${mainshockId}`;

/** The largest of some aftershocks, the earliest of equals; there is at least one. */
export const largestOf = (aftershocks: readonly Aftershock[]): Aftershock =>
  aftershocks.reduce((largest, one) => (one.magnitude > largest.magnitude ? one : largest));

/**
 * One notification for all aftershocks of a mainshock since the digest before, of which nobody was told singly: told where
 * the largest was felt, never by SMS. It belongs to no earthquake's chain of alerts: nothing updates or cancels it.
 * @param largest the preferred solution of the largest of them.
 * @returns undefined where nobody felt even that one, or no region is live there.
 */
export function digestOf(
  aftershocks: readonly Aftershock[],
  largest: Bulletin,
  time: DigestTime,
  policy: AlertPolicy,
  nowMs: number,
): Alert | undefined {
  const mainshockId = aftershocks[0]?.mainshockId;
  if (mainshockId === undefined) return undefined;
  const proposed = proposeAlert(largest, 'notification', undefined, policy, { nowMs, mainshocks: [] });
  if ('none' in proposed || proposed.mode !== 'live') return undefined;
  const { mode: _, ...content } = proposed;
  const { hypocentre, magnitude, region } = largest;
  return {
    ...{ schema: 1, earthquakeId: digestId(mainshockId, time), seq: 1, kind: 'alert', exercise: false },
    ...{ hypocentre, magnitude, region, ...content, smsRadiusKm: 0 },
    aftershocks: { count: aftershocks.length, sinceMs: Math.min(...aftershocks.map(originOf)) },
    ...{ policyVersion: policy.version, templateVersion, receivedAtMs: nowMs, issuedAtMs: nowMs },
  };
}

const originOf = ({ hypocentre }: Aftershock): number => hypocentre.originTimeMs;
