import type { MessageText } from '../channel/channel.ts';
import type { Endpoint } from '../endpoint.ts';
import { bearingDegrees, epicentralDistanceKm } from '../place/geodesy.ts';
import { travelTimes } from '../place/travel-times.ts';
import type { Alert } from './alert.ts';
import { intensityAt } from './concerns.ts';
import { english } from './texts/english.ts';
import { smsSegmentCharacters, toGsm7 } from './texts/gsm7.ts';
import type { Phrases } from './texts/phrases.ts';
import { romanian } from './texts/romanian.ts';

/** Grows with every change of the words; an alert keeps the version that it was issued with. */
export const templateVersion = 1;

/** What the text depends on. */
export type Reader = Pick<Endpoint, 'channel' | 'language' | 'latitude' | 'longitude'>;

const languages: Readonly<Record<string, Phrases>> = { en: english, ro: romanian };
const romanNumerals = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/**
 * The message for one endpoint, true at `nowMs` (store time): EARLY WARNING only while the S wave has not reached the
 * place. Languages other than Romanian get English. An SMS is one segment; e-mail also gets HTML.
 */
export function renderText(alert: Alert, reader: Reader, nowMs: number): MessageText {
  const phrases = languages[reader.language.split('-')[0] ?? ''] ?? english;
  const distanceKm = epicentralDistanceKm(reader, alert.hypocentre);
  const early = isEarly(alert, distanceKm, nowMs);
  const label = early ? phrases.earlyWarning : phrases.notification;
  const title = alert.exercise ? `${phrases.exercise}. ${label}` : label;
  const action = early ? phrases.act : phrases.actIfShaking;
  const what = describe(alert, reader, distanceKm, phrases);

  if (reader.channel === 'sms')
    return { subject: toGsm7(title), text: oneSegment(`${title}: ${action} ${what}`, alert.region) };

  const facts = alert.region === '' ? `${what}.` : `${what}: ${alert.region}.`;
  const numeral = romanNumerals[Math.min(12, Math.max(1, Math.round(intensityAt(reader, alert)))) - 1] ?? 'I';
  const lines = [`${title}: ${action}`, facts, phrases.intensity(numeral), phrases.closing];
  const message = { subject: `${title}: ${what}`, text: lines.join('\n') };
  return reader.channel === 'email' ? { ...message, html: toHtml(lines, phrases) } : message;
}

function isEarly(alert: Alert, distanceKm: number, nowMs: number): boolean {
  if (alert.type !== 'earlyWarning') return false;
  const { sSeconds } = travelTimes({ distanceKm, depthKm: alert.hypocentre.depthKm });
  return nowMs < alert.hypocentre.originTimeMs + sSeconds * 1000;
}

function describe(alert: Alert, reader: Reader, distanceKm: number, phrases: Phrases): string {
  const sector = Math.round(bearingDegrees(reader, alert.hypocentre) / 45) % 8;
  return phrases.what({
    magnitude: alert.magnitude.toFixed(1).replace('.', phrases.decimal),
    distanceKm: Math.max(1, Math.round(distanceKm)),
    direction: phrases.directions[sector] ?? '',
    originTime: `${new Date(alert.hypocentre.originTimeMs).toISOString().slice(11, 19)} UTC`,
  });
}

/** The region's name comes last, so that only it is cut. */
function oneSegment(text: string, region: string): string {
  const full = region === '' ? text : `${text}: ${region}`;
  return toGsm7(full).slice(0, smsSegmentCharacters).trim();
}

function toHtml(lines: readonly string[], phrases: Phrases): string {
  const [first = '', ...others] = lines.map(escapeHtml);
  const paragraphs = others.map((line) => `<p>${line}</p>`).join('');
  return `<!doctype html><html lang="${phrases.language}"><body><h1>${first}</h1>${paragraphs}</body></html>`;
}

/** The region's name comes from a feed. */
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
