import type { Alert } from '../alert/alert.ts';
import { magnitudeText } from './magnitude-text.ts';
import type { Moment } from './moment.ts';
import type { Arrival, Phrases } from './phrases.ts';

/** The label in front, and what is said before the facts. */
export interface Statements {
  label: string;
  /** The instruction, how much time there is, what an update changed. */
  statements: readonly string[];
}

/** What the choice of statements depends on. */
export interface Situation {
  alert: Alert;
  moment: Moment;
  phrases: Phrases;
  /** An earlier alert of the earthquake reached this reader. */
  toldBefore: boolean;
  clockTime(timeMs: number): string;
}

/** What is said when, where there is room. */
export function statementsOf(situation: Situation): Statements {
  const { alert, moment, phrases } = situation;
  if (alert.aftershocks) return digestStatements(situation, alert.aftershocks);
  if (alert.kind === 'cancel') return { label: phrases.cancelled, statements: [phrases.withdrawn] };
  if (alert.kind === 'allClear') return { label: phrases.allClear, statements: [phrases.over] };
  const revised = revision(situation);
  if (moment.name === 'warning') {
    const statements = [phrases.act, phrases.arrivesIn(arrivalOf(situation, moment)), ...revised];
    return { label: labelOf(situation, phrases.earlyWarning), statements };
  }
  const arrived = moment.name === 'arriving' ? [phrases.probablyArrived] : [];
  return {
    label: labelOf(situation, phrases.notification),
    statements: [phrases.actIfShaking, ...arrived, ...revised],
  };
}

/**
 * What is said when in one text message: while seconds count, nothing but the warning; an update says what changed in place
 * of whether the shaking has arrived.
 */
export function shortStatementsOf(situation: Situation): Statements {
  const { alert, moment, phrases } = situation;
  if (alert.aftershocks) return digestStatements(situation, alert.aftershocks);
  if (alert.kind === 'cancel') return { label: phrases.cancelled, statements: [phrases.withdrawn] };
  if (alert.kind === 'allClear') return { label: phrases.allClear, statements: [phrases.overShort] };
  if (moment.name === 'warning') {
    const arrival = phrases.arrivesInShort(arrivalOf(situation, moment));
    return { label: phrases.earlyWarning, statements: [phrases.actShort, arrival] };
  }
  const revised = revision(situation);
  if (revised.length > 0) return { label: phrases.update, statements: [...revised, phrases.actIfShakingShort] };
  const first = moment.name === 'arriving' ? phrases.probablyArrivedShort : phrases.actIfShakingShort;
  return { label: isUpdate(situation) ? phrases.update : phrases.notification, statements: [first] };
}

function digestStatements(
  { phrases, clockTime }: Situation,
  { count, sinceMs }: NonNullable<Alert['aftershocks']>,
): Statements {
  return { label: phrases.digest, statements: [phrases.aftershocks({ count, since: clockTime(sinceMs) })] };
}

const isUpdate = ({ alert, toldBefore }: Situation): boolean => alert.kind === 'update' && toldBefore;

/** Who was told before is told that this is an update; a warning stays one. */
function labelOf(situation: Situation, label: string): string {
  const { phrases, moment } = situation;
  if (!isUpdate(situation)) return label;
  return moment.name === 'warning' ? `${phrases.update}. ${label}` : phrases.update;
}

/** Rounded down, and never 0: who reads it has rather a little more time than a little less. */
function arrivalOf({ clockTime }: Situation, moment: Extract<Moment, { name: 'warning' }>): Arrival {
  return { seconds: Math.max(1, Math.floor(moment.leadMs / 1000)), time: clockTime(moment.arrivalMs) };
}

function revision(situation: Situation): string[] {
  const { alert, phrases } = situation;
  if (!isUpdate(situation) || alert.previousMagnitude === undefined) return [];
  const before = magnitudeText(alert.previousMagnitude, phrases);
  return before === magnitudeText(alert.magnitude, phrases) ? [] : [phrases.revisedFrom(before)];
}
