import { type Alert, blindZoneKm, epicentralDistanceKm, leadSeconds } from '@quakewire/core';
import type { ToldMessage } from './messages-of.ts';
import { isCalledExercise, type Said, whatIsSaid } from './what-is-said.ts';

/** Rings around the epicentre, in km; the last has no outer edge. */
export const ringEdgesKm = [0, 50, 100, 150, 200, 300] as const;

/** What the messages of one alert said, by their own words, when they reached the providers. */
export interface Told {
  messages: number;
  said: Record<Said, number>;
  /** Messages of an exercise that do not begin with that word. */
  notCalledExercise: number;
  /** Of the early warnings, seconds from the provider's receipt to the S wave; undefined where there was none. */
  leadSeconds: { least: number; median: number; most: number } | undefined;
}

export interface ToldOfAlert extends Told {
  /** From the earthquake's origin to the decision. */
  decidedAfterSeconds: number;
  /** Whom the S wave had reached when it was decided: nobody nearer can be warned. */
  blindZoneKm: number;
  /** The same by distance, a ring each. */
  rings: Told[];
}

export function toldOf(alert: Alert, all: readonly ToldMessage[]): ToldOfAlert {
  const messages = all.filter((one) => one.alert.seq === alert.seq);
  const ringOf = ({ endpoint }: ToldMessage): number =>
    ringEdgesKm.findLastIndex((edge) => epicentralDistanceKm(endpoint, alert.hypocentre) >= edge);
  return {
    ...summary(messages),
    decidedAfterSeconds: (alert.issuedAtMs - alert.hypocentre.originTimeMs) / 1000,
    blindZoneKm: blindZoneKm(alert.hypocentre, alert.issuedAtMs),
    rings: ringEdgesKm.map((_, ring) => summary(messages.filter((message) => ringOf(message) === ring))),
  };
}

function summary(messages: readonly ToldMessage[]): Told {
  const said: Told['said'] = { earlyWarning: 0, probablyArrived: 0, otherwise: 0, cancelled: 0 };
  const leads: number[] = [];
  for (const { alert, endpoint, message } of messages) {
    const what = whatIsSaid(message.text);
    said[what]++;
    if (what === 'earlyWarning') leads.push(leadSeconds(alert.hypocentre, endpoint, message.arrivedAtMs));
  }
  const sorted = leads.toSorted((a, b) => a - b);
  const [least, median, most] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((at) => sorted[at]);
  return {
    ...{ messages: messages.length, said },
    notCalledExercise: messages.filter(({ alert, message }) => alert.exercise && !isCalledExercise(message.text))
      .length,
    leadSeconds:
      least === undefined || median === undefined || most === undefined ? undefined : { least, median, most },
  };
}
