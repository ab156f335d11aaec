import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSendingEnvironment } from '../../packages/consumer/src/env.ts';
import { readEnvironment as readIngestEnvironment } from '../../packages/ingest/src/env.ts';
import { readEnvironment as readProducerEnvironment } from '../../packages/producer/src/env.ts';
import { readEnvironment as readSegmenterEnvironment } from '../../packages/segmenter/src/env.ts';

const pipeline = join(import.meta.dirname, '../../terraform/pipeline');

/** Every variable that is missing where there is none: the reader names them all at once. */
function namesReadBy(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    return [...(error as Error).message.matchAll(/([A-Z][A-Z_]+) is missing/g)].map(([, name]) => name ?? '').sort();
  }
  throw new Error('an empty environment was accepted');
}

/** The names in the module call's `environment_variables`, with those of the locals that it merges. */
function namesSetBy(file: string): string[] {
  const merged = /environment_variables = merge\(([^{]*)\{([\s\S]*?)\n {2}\}\)/.exec(read(file));
  const locals = [...(merged?.[1] ?? '').matchAll(/local\.(\w+)/g)].map(([, name]) => bodyOfLocal(name ?? ''));
  const assignments = [...locals, merged?.[2]].join('\n').matchAll(/^ *([A-Z][A-Z_]+) *=/gm);
  return [...assignments].map(([, name]) => name ?? '').sort();
}

function bodyOfLocal(name: string): string {
  const bodies = readdirSync(pipeline).filter((file) => file.endsWith('.tf'));
  return bodies
    .map((file) => new RegExp(`^  ${name} = \\{([\\s\\S]*?)\\n {2}\\}`, 'm').exec(read(file))?.[1] ?? '')
    .join('');
}

const read = (file: string): string => readFileSync(join(pipeline, file), 'utf8');

test.each([
  ['producer.tf', () => readProducerEnvironment({})],
  ['ingest.tf', () => readIngestEnvironment({})],
  ['segmenter.tf', () => readSegmenterEnvironment({})],
  ['consumers.tf', () => readSendingEnvironment('sms', {})],
])('%s sets exactly the variables that the function reads', (file, readNothing) => {
  expect(namesSetBy(file)).toEqual(namesReadBy(readNothing));
});
