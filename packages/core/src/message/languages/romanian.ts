import type { Phrases } from '../phrases.ts';

export const romanian: Phrases = {
  language: 'ro',
  exercise: 'EXERCIȚIU',
  earlyWarning: 'AVERTIZARE TIMPURIE',
  notification: 'NOTIFICARE',
  update: 'ACTUALIZARE',
  cancelled: 'ANULARE',
  allClear: 'PERICOL TRECUT',
  digest: 'REPLICI',
  act: 'Lăsați-vă jos, adăpostiți-vă, țineți-vă bine!',
  actShort: 'Jos, la adăpost, țineți-vă!',
  actIfShaking: 'Lăsați-vă jos, adăpostiți-vă, țineți-vă bine dacă simțiți mișcarea.',
  actIfShakingShort: 'Dacă se mișcă: jos, la adăpost.',
  arrivesIn: ({ seconds, time }) => `Mișcarea ajunge în circa ${seconds} s, la ${time}.`,
  arrivesInShort: ({ seconds, time }) => `Mișcarea în ${seconds} s, la ${time}.`,
  probablyArrived: 'Mișcarea a ajuns probabil.',
  probablyArrivedShort: 'Jos, la adăpost: mișcarea a ajuns probabil.',
  revisedFrom: (magnitude) => `Revizuit: înainte M${magnitude}.`,
  withdrawn: 'Mesajul nostru este retras, nu trebuie făcut nimic.',
  over: 'Nu se mai așteaptă mișcări puternice de la acest cutremur.',
  overShort: 'Nu se mai așteaptă mișcări puternice.',
  aftershocks: ({ count, since }) =>
    count === 1 ? `Una de la ora ${since}.` : `${count} de la ora ${since}, cea mai mare:`,
  directions: ['N', 'NE', 'E', 'SE', 'S', 'SV', 'V', 'NV'],
  what: ({ magnitude, distanceKm, direction, originTime }) =>
    `Cutremur M${magnitude}, la ${distanceKm} km ${direction} de dv., ora ${originTime}`,
  whatShort: ({ magnitude, distanceKm, direction }) => `M${magnitude}, ${distanceKm} km ${direction}`,
  whatHappened: ({ magnitude, depthKm, originTime }) =>
    `Cutremur M${magnitude}, adâncime ${depthKm} km, ora ${originTime}`,
  intensity: (roman) => `Intensitate așteptată la locul dv.: circa ${roman} (MMI).`,
  closing: 'Primele valori, se pot schimba. Pot urma replici; respectați indicațiile autorităților.',
  stop: 'Stop:',
  decimal: ',',
};
