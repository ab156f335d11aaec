import * as z from 'zod';
import { toXml } from '../xml.ts';

/** One CAP message in the list of the latest ones, which is kept beside the feed: the feed is made from it. */
export const feedEntrySchema = z.strictObject({
  identifier: z.string().min(1),
  title: z.string(),
  summary: z.string(),
  issuedAtMs: z.number().int(),
  /** The file's name below the feed's address. */
  file: z.string().min(1),
});
export type FeedEntry = z.infer<typeof feedEntrySchema>;

/** Enough for a swarm; readers poll every few minutes. */
export const longestFeed = 50;

/** The list with one more message, newest first; a message that is there already is replaced. */
export const withEntry = (entries: readonly FeedEntry[], entry: FeedEntry): FeedEntry[] =>
  [entry, ...entries.filter(({ identifier }) => identifier !== entry.identifier)]
    .sort((one, other) => other.issuedAtMs - one.issuedAtMs)
    .slice(0, longestFeed);

/** The public address of the files, without a slash at its end, and who publishes them. */
export interface Publisher {
  baseUrl: string;
  name: string;
}

/** Atom (RFC 4287) over the latest CAP messages; each entry links to its file. */
export function atomFeed(entries: readonly FeedEntry[], publisher: Publisher): string {
  const updatedMs = entries[0]?.issuedAtMs ?? 0;
  return toXml({
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      id: `${publisher.baseUrl}/alerts.atom`,
      title: `Earthquake alerts of ${publisher.name}`,
      updated: atomTime(updatedMs),
      author: { name: publisher.name },
      link: { '@rel': 'self', '@href': `${publisher.baseUrl}/alerts.atom` },
      entry: entries.map((entry) => ({
        id: `${publisher.baseUrl}/${entry.file}`,
        title: entry.title,
        updated: atomTime(entry.issuedAtMs),
        summary: entry.summary,
        link: { '@rel': 'alternate', '@type': 'application/cap+xml', '@href': `${publisher.baseUrl}/${entry.file}` },
      })),
    },
  });
}

const atomTime = (timeMs: number): string => new Date(timeMs).toISOString();
