import type { Phrases } from './phrases.ts';

export const romanian: Phrases = {
  language: 'ro',
  exercise: 'EXERCIȚIU',
  earlyWarning: 'AVERTIZARE TIMPURIE',
  notification: 'NOTIFICARE',
  act: 'Lăsați-vă jos, adăpostiți-vă, țineți-vă bine!',
  actIfShaking: 'Lăsați-vă jos, adăpostiți-vă, țineți-vă bine dacă simțiți mișcarea.',
  directions: ['N', 'NE', 'E', 'SE', 'S', 'SV', 'V', 'NV'],
  what: ({ magnitude, distanceKm, direction, originTime }) =>
    `Cutremur M${magnitude}, la ${distanceKm} km ${direction} de dv., ora ${originTime}`,
  intensity: (roman) => `Intensitate așteptată la locul dv.: circa ${roman} (MMI).`,
  closing: 'Primele valori, se pot schimba. Pot urma replici; respectați indicațiile autorităților.',
  decimal: ',',
};
