import { channelNameSchema } from '../channel/channel.ts';
import type { PageKey, QueuePlace } from './ledger.ts';
import type { RunKey } from './run.ts';

/** A run in one word: in logs, and where something is kept for each run. */
export const runName = ({ earthquakeId, seq, channel }: RunKey): string => `${earthquakeId}/${seq}/${channel}`;

/** A page item in one word: in references of notifications, receipts, ids of dead letters, and logs. */
export const pageName = (key: PageKey): string =>
  `${runName(key)}/${key.segmentId}/${key.page}${key.queued ? `/${key.queued.queue}-${key.queued.batch}` : ''}`;

const form =
  /^(?<earthquakeId>.+)\/(?<seq>\d+)\/(?<channel>[a-z]+)\/(?<segmentId>\d+)\/(?<page>\d+)(?:\/(?<queue>backup|replay)-(?<batch>\d+))?$/;

/** The page of a name; undefined where it names none. */
export function pageOfName(name: string): PageKey | undefined {
  const { earthquakeId = '', seq, channel, segmentId, page, queue, batch } = form.exec(name)?.groups ?? {};
  const known = channelNameSchema.safeParse(channel);
  if (!known.success) return undefined;
  return {
    ...{ earthquakeId, seq: Number(seq), channel: known.data, segmentId: Number(segmentId), page: Number(page) },
    ...(queue ? { queued: { queue: queue as QueuePlace['queue'], batch: Number(batch) } } : {}),
  };
}
