/** The eight directions, clockwise from north. */
export type Directions = readonly [string, string, string, string, string, string, string, string];

/** What every text states about the earthquake, as it is seen from the reader's place; numbers as the language writes them. */
export interface Facts {
  magnitude: string;
  distanceKm: number;
  direction: string;
  /** The reader's local time with its zone, e.g. `12:49:10 EEST`. */
  originTime: string;
}

/** The S wave's way to the reader. */
export interface Arrival {
  /** Whole seconds left, rounded down, at least 1. */
  seconds: number;
  /** Local time with seconds: it stays true when the message is late. */
  time: string;
}

/**
 * Everything that the texts say in one language. Words only: what is said when is decided in `moment.ts`, and in which
 * order in `render-text.ts`. Another language is one more file like this one.
 */
export interface Phrases {
  /** BCP 47. */
  language: string;
  /** First word of every drill. */
  exercise: string;
  earlyWarning: string;
  notification: string;
  update: string;
  cancelled: string;
  allClear: string;
  /** Label of what tells of many aftershocks at once. */
  digest: string;
  /** What to do: strong shaking is on its way. */
  act: string;
  /** The same in a text message, where letters are few. */
  actShort: string;
  /** What to do when the shaking may be there already, or over. */
  actIfShaking: string;
  actIfShakingShort: string;
  arrivesIn(arrival: Arrival): string;
  arrivesInShort(arrival: Arrival): string;
  probablyArrived: string;
  /** What to do, and that the shaking has probably arrived. */
  probablyArrivedShort: string;
  /** What an update changed: the magnitude told before. */
  revisedFrom(magnitude: string): string;
  /** What was told of this earthquake is withdrawn. */
  withdrawn: string;
  /** The danger that the warning spoke of is over. */
  over: string;
  overShort: string;
  /** How many aftershocks since a local time, before the largest of them is told. */
  aftershocks(of: { count: number; since: string }): string;
  directions: Directions;
  /** E.g. `Earthquake M6.2, 75 km W of you, at 12:49:10 EEST`. */
  what(facts: Facts): string;
  whatShort(facts: Omit<Facts, 'originTime'>): string;
  /** For everybody, e.g. `Earthquake M6.2, depth 10 km, at 09:49:10 UTC`. */
  whatHappened(facts: { magnitude: string; depthKm: number; originTime: string }): string;
  /** Expected intensity at the place as a Roman numeral. */
  intensity(roman: string): string;
  /** How sure this is, and what to expect. */
  closing: string;
  /** In front of the address that ends the subscription. */
  stop: string;
  /** Decimal separator. */
  decimal: '.' | ',';
}
