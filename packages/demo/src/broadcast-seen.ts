import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Alert } from '@quakewire/core';
import type { SinkMessage, SinksClient } from './sinks-client.ts';

/** As `terraform/pipeline` names it for the environment `local`. */
const bucket = 'quakewire-local-alert-files-000000000000';

/** What was said to everybody at once, as the public chats and files show it. */
export interface BroadcastSeen {
  posts: readonly SinkMessage[];
  /** Between the last byte of the first bulletin and the first post, in ms. */
  firstPostMs: number;
  /** Between the first post and the first message to a subscriber, in ms: below 0, it came later. */
  aheadMs: number;
  /** Names of the CAP messages of the alerts. */
  messages: readonly string[];
  /** Those of them that the feed links to. */
  listed: number;
}

/** @param alerts oldest first. */
export async function seeBroadcast(
  alerts: readonly Alert[],
  sinks: Pick<SinksClient, 'messages' | 'posts'>,
  s3: S3Client,
): Promise<BroadcastSeen> {
  const [posts, messages] = await Promise.all([sinks.posts(), sinks.messages()]);
  const read = async (name: string): Promise<string | undefined> => {
    const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: name })).catch(() => undefined);
    return object?.Body?.transformToString();
  };
  const names = alerts.map(({ earthquakeId, seq }) => `cap/${earthquakeId}.${seq}.xml`);
  const files = await Promise.all(names.map(read));
  const feed = (await read('alerts.atom')) ?? '';
  const firstPostAtMs = firstOf(posts);
  return {
    posts,
    firstPostMs: firstPostAtMs - (alerts[0]?.receivedAtMs ?? Number.NaN),
    aheadMs: firstOf(messages) - firstPostAtMs,
    messages: names.filter((_, at) => files[at] !== undefined),
    listed: names.filter((name) => feed.includes(name)).length,
  };
}

const firstOf = (messages: readonly SinkMessage[]): number =>
  Math.min(...messages.map(({ arrivedAtMs }) => arrivedAtMs));

export const formatBroadcast = ({ posts, firstPostMs, aheadMs, messages, listed }: BroadcastSeen): string =>
  `broadcast   ${posts.length} posts, the first ${Math.round(firstPostMs)} ms after the bulletin, ${Math.round(aheadMs)} ms ahead of the first message; ${messages.length} CAP messages, ${listed} of them in the feed`;
