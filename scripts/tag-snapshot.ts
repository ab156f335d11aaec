import { composedSnapshotSchema } from '@quakewire/deployment';
import { InputError, parseOptions } from '@quakewire/scaling';
import { print } from './delivery/open-delivery.ts';
import { openTags } from './delivery/open-snapshots.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: SNAPSHOT=... npm run tag-snapshot

Makes the tag of a snapshot that npm run snapshot -- --compose handed over in the variable SNAPSHOT: by GitHub's API where
GITHUB_API_URL, GITHUB_REPOSITORY and GITHUB_TOKEN (contents: write) are set, else in this checkout.

Exit code 0: tagged; 1: GitHub or Git refused it; 2: wrong usage.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  parseOptions(args, {});
  const { name, ...tag } = readSnapshot(process.env);
  await openTags().create(name, tag);
  print(`${name}\n`);
  return 0;
});

function readSnapshot({ SNAPSHOT }: NodeJS.ProcessEnv) {
  try {
    return composedSnapshotSchema.parse(JSON.parse(SNAPSHOT ?? ''));
  } catch {
    throw new InputError('SNAPSHOT must hold what npm run snapshot -- --compose handed over');
  }
}
