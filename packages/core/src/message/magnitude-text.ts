import type { Phrases } from './phrases.ts';

/** One decimal, as the language writes it. */
export const magnitudeText = (magnitude: number, { decimal }: Pick<Phrases, 'decimal'>): string =>
  magnitude.toFixed(1).replace('.', decimal);
