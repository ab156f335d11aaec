import type { PageKey } from './ledger.ts';

/** A page item in one word: in references of notifications, ids of dead letters, and logs. */
export const pageName = ({ earthquakeId, seq, channel, segmentId, page, queued }: PageKey): string =>
  `${earthquakeId}/${seq}/${channel}/${segmentId}/${page}${queued ? `/${queued.queue}-${queued.batch}` : ''}`;
