import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { startingPolicy, wholeEarth } from '@quakewire/core';
import { createDynamoDbClient, createPolicyStore } from '@quakewire/dynamodb';
import { formatReplay } from './policy/format-replay.ts';
import { type PolicyOptions, readPolicyOptions } from './policy/options.ts';
import { putPolicy } from './policy/put-policy.ts';
import { readPolicyFile } from './policy/read-policy.ts';
import { readRecording } from './policy/recording.ts';
import { boxOf } from './policy/regions.ts';
import { replay } from './policy/replay.ts';
import { startingDocument } from './policy/write-policy.ts';
import { runCommand } from './reports/run-command.ts';

const help = `Usage: npm run policy -- COMMAND

The alert policy: who may cause which alert, where, from what magnitude and intensity on, and for what money.

  init --region RO           prints a commented starting policy (YAML) for a region, in shadow mode
  replay FILE... [options]   which alerts recorded reports would have caused, which not, and why; folders are read whole
    --policy FILE            by this policy (default: the starting policy, live everywhere)
    --after SECONDS          as if every report had arrived so long after its origin: a reconstruction. By default each
                             arrives when its source published that version, which for catalogues is often days later
  put FILE [--environment NAME]
                             checks a policy and puts it in force (default environment local); its version must be new
  --help                     this text

Recordings: USGS GeoJSON answers and details with history, EMSC websocket frames (one a line), EMSC FDSN answers.
Account, Region and endpoint come from the AWS_* environment variables; init and replay need none.
Exit code 0: done; 1: refused or failed, nothing was written; 2: wrong arguments.
`;

async function run(options: PolicyOptions): Promise<string> {
  if (options.command === 'init') return startingDocument(options.region, boxOf(options.region));
  if (options.command === 'put') return put(options);
  const policy = options.policy
    ? await readPolicyFile(options.policy)
    : startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } });
  const files = (await Promise.all(options.files.map(filesIn))).flat();
  const recordings = await Promise.all(files.map(readRecording));
  const replayed = await replay(
    recordings.flatMap(({ bulletins }) => bulletins),
    { policy, afterOriginSeconds: options.afterOriginSeconds },
  );
  return formatReplay(recordings, replayed, policy);
}

async function put({ file, environment }: Extract<PolicyOptions, { command: 'put' }>): Promise<string> {
  const client = createDynamoDbClient();
  try {
    return await putPolicy(file, createPolicyStore({ client, table: `quakewire-${environment}-earthquakes` }));
  } finally {
    client.destroy();
  }
}

async function filesIn(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.(json|jsonl|geojson)$/.test(name));
  return names.toSorted().map((name) => join(path, name));
}

process.exitCode = await runCommand(
  { name: 'policy', help, readOptions: readPolicyOptions, run },
  process.argv.slice(2),
  { print: (text) => process.stdout.write(text), say: (sentence) => console.error(sentence) },
);
