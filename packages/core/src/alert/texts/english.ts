import type { Phrases } from './phrases.ts';

export const english: Phrases = {
  language: 'en',
  exercise: 'EXERCISE',
  earlyWarning: 'EARLY WARNING',
  notification: 'NOTIFICATION',
  act: 'Drop, cover, hold on!',
  actIfShaking: 'Drop, cover, hold on if you feel shaking.',
  directions: ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'],
  what: ({ magnitude, distanceKm, direction, originTime }) =>
    `Earthquake M${magnitude}, ${distanceKm} km ${direction} of you, origin ${originTime}`,
  intensity: (roman) => `Intensity expected at your place: about ${roman} (MMI).`,
  closing: 'First values, they may change. Expect aftershocks and follow the instructions of the authorities.',
  decimal: '.',
};
