import type { Alert } from '../alert/alert.ts';
import { english } from './languages/english.ts';
import { romanian } from './languages/romanian.ts';
import { magnitudeText } from './magnitude-text.ts';
import type { Phrases } from './phrases.ts';

/** What is said to everybody at once in one language; nothing in it depends on where the reader is. */
export interface BroadcastText {
  /** BCP 47. */
  language: string;
  /** Begins with the exercise's word, if it is one. */
  headline: string;
  description: string;
  instruction: string;
}

const languages = [romanian, english];

/** BCP 47. */
export const broadcastLanguages = languages.map(({ language }) => language);

/** One text in each language that there is. Times are UTC: readers are anywhere. */
export const renderBroadcast = (alert: Alert): BroadcastText[] =>
  languages.map((phrases) => inLanguage(alert, phrases));

function inLanguage(alert: Alert, phrases: Phrases): BroadcastText {
  const what = phrases.whatHappened({
    magnitude: magnitudeText(alert.magnitude, phrases),
    depthKm: Math.round(alert.hypocentre.depthKm),
    originTime: `${new Date(alert.hypocentre.originTimeMs).toISOString().slice(11, 19)} UTC`,
  });
  const title = `${labelOf(alert, phrases)}: ${what}`;
  const headline = alert.exercise ? `${phrases.exercise}. ${title}` : title;
  const place = alert.region === '' ? '' : ` ${alert.region}.`;
  return {
    language: phrases.language,
    headline,
    description: `${headline}.${place}`,
    instruction: toDo(alert, phrases),
  };
}

function labelOf({ kind, type }: Alert, phrases: Phrases): string {
  if (kind === 'cancel') return phrases.cancelled;
  if (kind === 'allClear') return phrases.allClear;
  const label = type === 'earlyWarning' ? phrases.earlyWarning : phrases.notification;
  return kind === 'update' ? `${phrases.update}. ${label}` : label;
}

function toDo({ kind, type }: Alert, phrases: Phrases): string {
  if (kind === 'cancel') return phrases.withdrawn;
  if (kind === 'allClear') return phrases.over;
  return `${type === 'earlyWarning' ? phrases.act : phrases.actIfShaking} ${phrases.closing}`;
}
