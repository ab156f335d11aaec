import {
  type Endpoint,
  type EndpointDirectory,
  type Entry,
  handedBackEntries,
  type Ledger,
  openingEntries,
  type PageKey,
  reclaimedEntries,
} from '@quakewire/core';
import type { BaselinePorts } from '../baseline.ts';
import type { PacedSender } from '../paced-sender.ts';
import type { SegmentTask } from '../segment-task.ts';
import type { SegmentHolder } from './segment-holder.ts';

/** What a page needs of the stores. */
export interface PagePorts extends Pick<BaselinePorts, 'concerns'> {
  ledger: Pick<Ledger, 'claim' | 'reclaim' | 'settle' | 'takeAsUnknown'>;
  endpoints: Pick<EndpointDirectory, 'readRange'>;
}

/** One page to its end; undefined when it must be left to the next holder. */
export async function sendSegmentPage(
  ports: PagePorts,
  task: SegmentTask,
  at: number,
  holder: SegmentHolder,
  sender: PacedSender,
  mayGoOn: () => boolean,
): Promise<readonly Entry[] | undefined> {
  const claimed = await claimPage(ports, task, at, holder.owner);
  if (!claimed) return [];
  const { holding, endpoints } = claimed;
  const entries = [...claimed.entries];
  for (const [position, { endpointId, outcome }] of entries.entries()) {
    const endpoint = endpoints.get(endpointId);
    if (outcome !== 'open' || !endpoint) continue;
    await sender.turn();
    if (!(await holder.mayStart()) || !mayGoOn()) break;
    sender.track(
      sender.send(endpoint, task.run, task.alert).then((entry) => {
        entries[position] = entry;
      }),
    );
  }
  await sender.idle();
  const left = handedBackEntries(entries, false);
  const settled = await ports.ledger.settle(holding, left);
  return settled.applied && !left.some(({ outcome }) => outcome === 'notTried') ? left : undefined;
}

/** Undefined when the page is final: settled before, or just now, because a dead holder had left it. */
async function claimPage(
  { ledger, endpoints: directory, concerns }: PagePorts,
  { key, alert, segmentId, pages }: SegmentTask,
  at: number,
  owner: string,
) {
  const found = pages[at];
  if (!found) throw new RangeError(`the segment has no page at ${at}`);
  const pageKey: PageKey = { ...key, segmentId, page: found.number };
  const rows = await directory.readRange(key.channel, found.page.range);
  const endpoints = new Map<string, Endpoint>(
    rows.flatMap((row) => ('endpoint' in row ? [[row.endpoint.id, row.endpoint]] : [])),
  );
  const opening = openingEntries(rows, alert, { concerns });
  const claim = await ledger.claim(pageKey, owner, opening);
  if (claim.applied) return { holding: { key: pageKey, epoch: 1, owner }, entries: opening, endpoints };
  if (claim.found?.state === 'inFlight') await ledger.takeAsUnknown(claim.found, owner);
  if (claim.found?.state !== 'handedBack') return undefined;
  const entries = reclaimedEntries(claim.found.entries);
  const { epoch } = claim.found;
  const again = await ledger.reclaim(pageKey, epoch, owner, entries);
  return again.applied ? { holding: { key: pageKey, epoch: epoch + 1, owner }, entries, endpoints } : undefined;
}
