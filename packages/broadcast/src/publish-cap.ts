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
/** A message never changes; the feed must not hide a new one for long. */
const messageAgeSeconds = 86_400;
const feedAgeSeconds = 5;

/**
 * Publishes an alert as a CAP file, then the list and the Atom feed that name it; publishing again changes nothing.
 * @param earlier the earthquake's alerts before this one, oldest first.
 * @throws when the files do not answer, or others changed the list each time.
 */
export async function publishCap(
  alert: Alert,
  earlier: readonly CapIdentity[],
  { files, sender, publisher }: CapPublication,
): Promise<void> {
  const identifier = capIdentifier(alert);
  const name = `cap/${identifier}.xml`;
  const body = capMessage(alert, sender, earlier);
  await files.put({ name, body, contentType: 'application/cap+xml', maxAgeSeconds: messageAgeSeconds });
  const english = renderBroadcast(alert).find(({ language }) => language === 'en');
  const entry: FeedEntry = {
    identifier,
    title: english?.headline ?? identifier,
    summary: english?.description ?? '',
    issuedAtMs: alert.issuedAtMs,
    file: name,
  };
  await writeFeed(files, await addToList(files, entry), publisher);
}

async function addToList(files: AlertFiles, entry: FeedEntry): Promise<string> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const seen = await files.read(listName);
    const body = JSON.stringify(withEntry(entriesOf(seen?.body), entry));
    const list = { name: listName, body, contentType: 'application/json', maxAgeSeconds: feedAgeSeconds };
    if (body === seen?.body || (await files.replace(list, seen?.version))) return body;
  }
  throw new Error(`${listName} was changed by others ${attempts} times in a row`);
}

/** Writes the feed until it is that of the list as it is: another's feed may have been written in between, or be newer. */
async function writeFeed(files: AlertFiles, written: string, publisher: Publisher): Promise<void> {
  let list = written;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const body = atomFeed(entriesOf(list), publisher);
    await files.put({ name: 'alerts.atom', body, contentType: 'application/atom+xml', maxAgeSeconds: feedAgeSeconds });
    const current = (await files.read(listName))?.body;
    if (current === undefined || current === list) return;
    list = current;
  }
}

const entriesOf = (list: string | undefined): FeedEntry[] =>
  list === undefined ? [] : listSchema.parse(JSON.parse(list));
