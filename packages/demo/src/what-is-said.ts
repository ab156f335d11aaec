import { english, type Phrases, romanian } from '@quakewire/core';

/** What a message tells its reader, by its words. */
export type Said = 'earlyWarning' | 'probablyArrived' | 'cancelled' | 'otherwise';

const languages: readonly Phrases[] = [english, romanian];

export function whatIsSaid(text: string): Said {
  if (says(text, ({ cancelled }) => [cancelled])) return 'cancelled';
  if (says(text, ({ earlyWarning }) => [earlyWarning])) return 'earlyWarning';
  const arrived = says(text, ({ probablyArrived, probablyArrivedShort }) => [probablyArrived, probablyArrivedShort]);
  return arrived ? 'probablyArrived' : 'otherwise';
}

/** The first word is that it is an exercise, on every channel. */
export const isCalledExercise = (text: string): boolean =>
  languages.some(({ exercise }) => plain(text).startsWith(plain(exercise)));

const says = (text: string, phrasesOf: (language: Phrases) => string[]): boolean =>
  languages.flatMap(phrasesOf).some((phrase) => plain(text).includes(plain(phrase)));

/** Text messages carry no diacritics. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');
