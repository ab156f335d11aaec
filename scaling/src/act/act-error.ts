/** Something that forbids applying a sizing; the message says what and how to mend it. */
export class ActError extends Error {
  override name = 'ActError';
}
