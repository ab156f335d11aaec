import type { Alert } from '@quakewire/core';
import { renderBroadcast } from '@quakewire/core';
import * as z from 'zod';
import type { AlertFiles } from './alert-files.ts';
import { atomFeed, type FeedEntry, feedEntrySchema, type Publisher, withEntry } from './atom/atom-feed.ts';
import { type CapIdentity, capIdentifier } from './cap/cap-identity.ts';
import { type CapSender, capMessage } from './cap/cap-message.ts';

export interface CapPublication {
  files: AlertFiles;
  sender: CapSender;
  publisher: Publisher;
}

const listName = 'alerts.json';
const listSchema = z.array(feedEntrySchema);
/** Leader and signed ingest publish side by side: the later one reads again. */
const attempts = 5;

/**
 * Publishes an alert as a CAP file, then the list and the Atom feed that name it; publishing again changes nothing.
 * @param earlier the earthquake's alerts before this one, oldest first.
 */
export async function publishCap(
  alert: Alert,
  earlier: readonly CapIdentity[],
  { files, sender, publisher }: CapPublication,
): Promise<void> {
  const identifier = capIdentifier(alert);
  const file = `cap/${identifier}.xml`;
  await files.put(file, capMessage(alert, sender, earlier), 'application/cap+xml');
  const english = renderBroadcast(alert).find(({ language }) => language === 'en');
  const entry: FeedEntry = {
    identifier,
    title: english?.headline ?? identifier,
    summary: english?.description ?? '',
    issuedAtMs: alert.issuedAtMs,
    file,
  };
  const entries = await addToList(files, entry);
  await files.put('alerts.atom', atomFeed(entries, publisher), 'application/atom+xml');
}

async function addToList(files: AlertFiles, entry: FeedEntry): Promise<FeedEntry[]> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const seen = await files.read(listName);
    const entries = withEntry(seen ? listSchema.parse(JSON.parse(seen.body)) : [], entry);
    const body = JSON.stringify(entries);
    if (await files.replace(listName, body, 'application/json', seen?.version)) return entries;
  }
  throw new Error(`${listName} was changed by others ${attempts} times in a row`);
}
