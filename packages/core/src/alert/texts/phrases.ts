/** The eight directions, clockwise from north. */
export type Directions = readonly [string, string, string, string, string, string, string, string];

/** Everything that the texts say in one language. Words only: what is said when is decided in `renderText`. */
export interface Phrases {
  /** BCP 47. */
  language: string;
  /** First word of every drill. */
  exercise: string;
  earlyWarning: string;
  notification: string;
  /** What to do now: strong shaking is on its way. */
  act: string;
  /** What to do when the shaking may be there already, or over. */
  actIfShaking: string;
  directions: Directions;
  /** E.g. `Earthquake M6.2, 75 km W of you, origin 09:49:11 UTC`. */
  what(facts: { magnitude: string; distanceKm: number; direction: string; originTime: string }): string;
  /** Expected intensity at the place as a Roman numeral. */
  intensity(roman: string): string;
  /** How sure this is, and where to read more. */
  closing: string;
  /** Decimal separator. */
  decimal: '.' | ',';
}
