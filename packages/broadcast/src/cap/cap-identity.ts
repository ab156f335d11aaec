import type { Alert } from '@quakewire/core';

/** What names one CAP message to the world. */
export type CapIdentity = Pick<Alert, 'earthquakeId' | 'seq' | 'issuedAtMs'>;

/** Unique for each message; neither spaces nor commas occur in an earthquake's id. */
export const capIdentifier = ({ earthquakeId, seq }: CapIdentity): string => `${earthquakeId}.${seq}`;

/** CAP allows no `Z` and no fractions; UTC is said as `-00:00` (CAP 1.2, 3.3.2). */
export const capTime = (timeMs: number): string => `${new Date(timeMs).toISOString().slice(0, 19)}-00:00`;

/** One element of `references`: `sender,identifier,sent`. */
export const capReference = (sender: string, message: CapIdentity): string =>
  [sender, capIdentifier(message), capTime(message.issuedAtMs)].join(',');
