import type { Phrases } from '../phrases.ts';

export const english: Phrases = {
  language: 'en',
  exercise: 'EXERCISE',
  earlyWarning: 'EARLY WARNING',
  notification: 'NOTIFICATION',
  update: 'UPDATE',
  cancelled: 'CANCELLED',
  allClear: 'ALL CLEAR',
  digest: 'AFTERSHOCKS',
  act: 'Drop, cover, hold on!',
  actShort: 'Drop, cover, hold on!',
  actIfShaking: 'Drop, cover, hold on if you feel shaking.',
  actIfShakingShort: 'If it shakes: drop, cover, hold on.',
  arrivesIn: ({ seconds, time }) => `Shaking in about ${seconds} s, at ${time}.`,
  arrivesInShort: ({ seconds, time }) => `Shaking in ${seconds} s, at ${time}.`,
  probablyArrived: 'Shaking has probably arrived.',
  probablyArrivedShort: 'Drop, cover, hold on: shaking has probably arrived.',
  revisedFrom: (magnitude) => `Revised: before M${magnitude}.`,
  withdrawn: 'Our message is withdrawn, nothing is to be done.',
  over: 'No further strong shaking is expected from this earthquake.',
  overShort: 'No further strong shaking is expected.',
  aftershocks: ({ count, since }) =>
    count === 1 ? `One since ${since}.` : `${count} since ${since}, this is the largest:`,
  directions: ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'],
  what: ({ magnitude, distanceKm, direction, originTime }) =>
    `Earthquake M${magnitude}, ${distanceKm} km ${direction} of you, at ${originTime}`,
  whatShort: ({ magnitude, distanceKm, direction }) => `M${magnitude}, ${distanceKm} km ${direction}`,
  whatHappened: ({ magnitude, depthKm, originTime }) =>
    `Earthquake M${magnitude}, depth ${depthKm} km, at ${originTime}`,
  intensity: (roman) => `Intensity expected at your place: about ${roman} (MMI).`,
  closing: 'First values, they may change. Expect aftershocks and follow the instructions of the authorities.',
  stop: 'Stop:',
  decimal: '.',
};
