import { type Alert, type BroadcastText, expectedIntensity, renderBroadcast } from '@quakewire/core';
import { toXml, type Xml } from '../xml.ts';
import { type CapIdentity, capIdentifier, capReference, capTime } from './cap-identity.ts';

/** Who speaks, as CAP wants it. */
export interface CapSender {
  /** `sender`: no spaces, no commas; by custom an address of the institution. */
  id: string;
  /** `senderName`: for people. */
  name: string;
}

/**
 * One alert as a CAP 1.2 message (OASIS, urn:oasis:names:tc:emergency:cap:1.2), with one `info` block a language. A drill
 * is `Exercise`, a withdrawal `Cancel`, everything after the first alert refers to all earlier messages of the earthquake,
 * and `incidents` names it.
 * @param earlier the earthquake's alerts before this one, oldest first.
 */
export function capMessage(alert: Alert, sender: CapSender, earlier: readonly CapIdentity[]): string {
  const references = earlier.map((message) => capReference(sender.id, message)).join(' ');
  return toXml({
    alert: {
      '@xmlns': 'urn:oasis:names:tc:emergency:cap:1.2',
      identifier: capIdentifier(alert),
      sender: sender.id,
      sent: capTime(alert.issuedAtMs),
      status: alert.exercise ? 'Exercise' : 'Actual',
      msgType: messageTypes[alert.kind],
      scope: 'Public',
      note: alert.kind === 'cancel' ? 'The earthquake that this told of was not confirmed by its source.' : undefined,
      references: references === '' ? undefined : references,
      incidents: alert.earthquakeId,
      info: renderBroadcast(alert).map((text) => info(alert, text, sender)),
    },
  });
}

const messageTypes: Readonly<Record<Alert['kind'], string>> = {
  alert: 'Alert',
  update: 'Update',
  cancel: 'Cancel',
  // CAP has no message type for it: an update whose response type is AllClear.
  allClear: 'Update',
};

function info(alert: Alert, text: BroadcastText, sender: CapSender): Xml {
  return {
    language: text.language,
    category: 'Geo',
    event: eventNames[text.language] ?? 'Earthquake',
    responseType: responseType(alert),
    urgency: alert.type === 'earlyWarning' && isDanger(alert) ? 'Immediate' : 'Past',
    severity: severity(alert),
    certainty: alert.kind === 'cancel' ? 'Unlikely' : 'Likely',
    onset: capTime(alert.hypocentre.originTimeMs),
    expires: capTime(alert.expiresAtMs),
    senderName: sender.name,
    headline: text.headline,
    description: text.description,
    instruction: text.instruction,
    parameter: [
      { valueName: 'Magnitude', value: alert.magnitude.toFixed(1) },
      { valueName: 'Depth', value: `${Math.round(alert.hypocentre.depthKm)} km` },
      { valueName: 'localMaxIntensity', value: String(Math.round(largestIntensity(alert))) },
    ],
    area: {
      areaDesc: alert.region === '' ? `${alert.hypocentre.latitude}, ${alert.hypocentre.longitude}` : alert.region,
      circle: circle(alert),
    },
  };
}

const eventNames: Readonly<Record<string, string>> = { en: 'Earthquake', ro: 'Cutremur' };

const isDanger = ({ kind }: Alert): boolean => kind === 'alert' || kind === 'update';

function responseType(alert: Alert): string {
  if (!isDanger(alert)) return 'AllClear';
  return alert.type === 'earlyWarning' ? 'Shelter' : 'Monitor';
}

/** By the strongest shaking expected anywhere: MMI VIII damages, VI frightens, IV is felt. */
function severity(alert: Alert): string {
  if (!isDanger(alert)) return 'Minor';
  const intensity = largestIntensity(alert);
  if (intensity >= 7.5) return 'Extreme';
  if (intensity >= 5.5) return 'Severe';
  return intensity >= 3.5 ? 'Moderate' : 'Minor';
}

const largestIntensity = (alert: Alert): number => expectedIntensity(alert, alert.hypocentre).decisive;

/** `latitude,longitude radius in km`, never a radius of 0: readers drop such areas. */
function circle({ hypocentre, areaRadiusKm }: Alert): string {
  return `${hypocentre.latitude},${hypocentre.longitude} ${Math.max(1, Math.round(areaRadiusKm))}`;
}
