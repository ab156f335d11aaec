import type { Alert } from '../alert/alert.ts';
import { intensityAt } from '../alert/concerns.ts';
import type { MessageText } from '../channel/channel.ts';
import type { Endpoint } from '../endpoint.ts';
import { bearingDegrees, epicentralDistanceKm } from '../place/geodesy.ts';
import { toHtml } from './html.ts';
import { english } from './languages/english.ts';
import { romanian } from './languages/romanian.ts';
import { localTime } from './local-time.ts';
import { magnitudeText } from './magnitude-text.ts';
import { momentAt } from './moment.ts';
import type { Facts, Phrases } from './phrases.ts';
import { oneSegment } from './sms.ts';
import { type Situation, shortStatementsOf, statementsOf } from './statements.ts';

/** Grows with every change of the words; an alert keeps the version that it was issued with. */
export const templateVersion = 3;

/** What the text depends on. */
export type Reader = Pick<Endpoint, 'channel' | 'language' | 'country' | 'latitude' | 'longitude'>;

/** What a reader's text depends on besides alert, place and time. */
export interface Telling {
  /** An earlier alert of the earthquake reached this reader: an update says what it changed. */
  toldBefore?: boolean | undefined;
  /** Ends the subscription with one click; in a text message no longer than `longestStopUrlCharacters`. */
  stopUrl?: string | undefined;
}

const languages: Readonly<Record<string, Phrases>> = { en: english, ro: romanian };
const romanNumerals = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];

/**
 * The message for one endpoint, true at `nowMs` (store time): EARLY WARNING and seconds only while the S wave has not
 * reached the place, and the first word of a drill says that it is one. What to do comes first, then what happened.
 * Languages without a file get English. An SMS is one GSM-7 segment, link included; e-mail also gets HTML.
 */
export function renderText(alert: Alert, reader: Reader, nowMs: number, telling: Telling = {}): MessageText {
  const phrases = languages[reader.language.split('-')[0] ?? ''] ?? english;
  const distanceKm = epicentralDistanceKm(reader, alert.hypocentre);
  const facts = factsOf(alert, reader, distanceKm, phrases);
  const situation: Situation = {
    alert,
    phrases,
    moment: momentAt(alert, distanceKm, nowMs),
    toldBefore: telling.toldBefore ?? false,
    clockTime: (timeMs) => localTime(timeMs, reader),
  };
  if (reader.channel === 'sms') return shortMessage(situation, facts, telling);
  const message = fullMessage(situation, facts, reader);
  return reader.channel === 'email' ? emailOf(message, phrases, telling) : message;
}

function fullMessage(situation: Situation, facts: Facts, reader: Reader): MessageText {
  const { alert, phrases } = situation;
  const { label, statements } = statementsOf(situation);
  const title = titled(label, situation);
  const what = phrases.what(facts);
  const lines = [`${title}: ${statements.join(' ')}`, alert.region === '' ? `${what}.` : `${what}: ${alert.region}.`];
  const isOver = alert.kind === 'cancel' || alert.kind === 'allClear';
  if (!isOver && !alert.aftershocks) lines.push(intensityOf(alert, reader, phrases), phrases.closing);
  return { subject: `${title}: ${what}`, text: lines.join('\n') };
}

function emailOf({ subject, text }: MessageText, phrases: Phrases, { stopUrl }: Telling): MessageText {
  const html = toHtml(text.split('\n'), phrases, stopUrl);
  return { subject, text: stopUrl === undefined ? text : `${text}\n\n${phrases.stop} ${stopUrl}`, html };
}

/** A warning says when the S wave arrives, everything else when the earthquake was: there is room for one of them. */
function shortMessage(situation: Situation, facts: Facts, { stopUrl }: Telling): MessageText {
  const { alert, moment, phrases } = situation;
  const { label, statements } = shortStatementsOf(situation);
  const subject = titled(label, situation);
  const what = phrases.whatShort(facts);
  const when = moment.name === 'warning' && isInstruction(alert) ? '' : `, ${facts.originTime}`;
  const stop = stopUrl === undefined ? '' : `${phrases.stop} ${stopUrl}`;
  return { subject, text: oneSegment(`${subject}: ${statements.join(' ')} ${what}${when}`, alert.region, stop) };
}

const isInstruction = ({ kind }: Alert): boolean => kind === 'alert' || kind === 'update';

const titled = (label: string, { alert, phrases }: Situation): string =>
  alert.exercise ? `${phrases.exercise}. ${label}` : label;

function intensityOf(alert: Alert, reader: Reader, phrases: Phrases): string {
  const degree = Math.min(12, Math.max(1, Math.round(intensityAt(reader, alert))));
  return phrases.intensity(romanNumerals[degree - 1] ?? 'I');
}

function factsOf(alert: Alert, reader: Reader, distanceKm: number, phrases: Phrases): Facts {
  const sector = Math.round(bearingDegrees(reader, alert.hypocentre) / 45) % 8;
  return {
    magnitude: magnitudeText(alert.magnitude, phrases),
    distanceKm: Math.max(1, Math.round(distanceKm)),
    direction: phrases.directions[sector] ?? '',
    originTime: localTime(alert.hypocentre.originTimeMs, reader),
  };
}
