import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { channelNames } from '@quakewire/core';
import type { Stack } from '@quakewire/local-stack';

const functionNames = ['producer', 'ingest', 'segmenter', ...channelNames.map((channel) => `consumer-${channel}`)];

/**
 * Keeps what the functions have said since a time, as JSON lines in the order of time: the emulator forgets it with its
 * end. An invocation that was killed has said nothing.
 * @returns the file.
 */
export async function saveFunctionLogs(
  { urls, dataFolder }: Pick<Stack, 'urls' | 'dataFolder'>,
  seed: number,
  sinceMs: number,
): Promise<string> {
  const file = join(dataFolder, 'logs', `functions-seed-${seed}.jsonl`);
  const events = await Promise.all(functionNames.map((name) => readEvents(urls.emulator, name, sinceMs)));
  const lines = events.flat().sort((a, b) => a.timestamp - b.timestamp);
  await appendFile(file, lines.map(({ message }) => `${message.trim()}\n`).join(''));
  return file;
}

async function readEvents(
  emulatorUrl: string,
  name: string,
  startTime: number,
): Promise<{ timestamp: number; message: string }[]> {
  const response = await fetch(emulatorUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Logs_20140328.FilterLogEvents' },
    body: JSON.stringify({ logGroupName: `/aws/lambda/quakewire-local-${name}`, startTime }),
  });
  const { events = [] } = (await response.json()) as { events?: { timestamp: number; message: string }[] };
  return events;
}
