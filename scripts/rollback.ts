import { createInterface } from 'node:readline/promises';
import { planRollback, type RollbackPorts, rollBack, smokeTest, snapshotPrefix } from '@quakewire/deployment';
import { createDynamoDbClient, createScalerFlags } from '@quakewire/dynamodb';
import { InputError, parseOptions, requireEnvironment } from '@quakewire/scaling';
import { serialiseArtifacts } from './delivery/artifacts-file.ts';
import { checkOutSnapshot } from './delivery/check-out-snapshot.ts';
import { handOver, summarise } from './delivery/job.ts';
import { openDelivery, print, say } from './delivery/open-delivery.ts';
import { openSnapshots, readActor } from './delivery/open-snapshots.ts';
import { requireDigest } from './delivery/require-digest.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run rollback -- --to TAG [--dry-run | --digest DIGEST | --yes]
       npm run rollback -- --list --environment NAME

Goes back to a snapshot: pauses the scaler, checks that its zips exist, lifts what only grows to what lives now, plans, lets
the guard judge, prints what will and will not go back, asks, applies, checks, and tags the result as a new snapshot.
The scaler stays paused; resuming is a decision of its own: npm run scale -- resume --environment NAME

  --to TAG             infra/<environment>/<UTC time>-<serial>
  --dry-run            plans, prints, and keeps the plan under its digest; nothing in force is touched
  --digest DIGEST      applies exactly the plan that a dry run kept, which people have read and approved
  --yes                does not ask
  --list               the environment's snapshots, newest first
  --help               this text

For seconds, not minutes: terraform/README.md, "An emergency".
Exit code 0: done; 1: refused or failed, the message says what was applied; 2: wrong usage or no such snapshot, nothing written.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const options = parseOptions(args, {
    to: 'optional',
    environment: 'optional',
    'dry-run': 'flag',
    digest: 'optional',
    yes: 'flag',
    list: 'flag',
  });
  const environment = requireEnvironment(options.environment ?? options.to?.split('/')[1] ?? '');
  const delivery = openDelivery(environment);
  const snapshots = openSnapshots(environment, delivery);
  const tables = createDynamoDbClient();
  try {
    if (options.list) {
      print((await snapshots.tags.list(snapshotPrefix(environment))).map((name) => `${name}\n`).join(''));
      return 0;
    }
    const { to, digest } = options;
    if (to === undefined) throw new InputError('--to is required; see --help');
    if (digest !== undefined) requireDigest(digest);
    if (digest !== undefined && options['dry-run']) throw new InputError('give either --dry-run or --digest');
    const { changePorts, applyPorts } = delivery;
    const checkouts = checkOutSnapshot(environment, snapshots.stateVersion);
    const ports: RollbackPorts = {
      ...applyPorts,
      ...{ tags: snapshots.tags, live: snapshots.live, readChecksum: snapshots.readChecksum },
      checkOut: checkouts.checkOut,
      flags: createScalerFlags({ client: tables, table: `quakewire-${environment}-dispatch`, nowMs: Date.now }),
      async smoke(artifacts) {
        const smokePorts = snapshots.smokePorts();
        const inForce = await changePorts.scalingFile.read();
        const known = await snapshots.artifactsInForce.read();
        await snapshots.artifactsInForce.replace(serialiseArtifacts(artifacts), known?.version ?? null);
        return await smokeTest(inForce?.text ?? '', smokePorts).finally(smokePorts.close);
      },
      confirm: async () => options.yes || (await ask('Apply this? Type yes: ')) === 'yes',
      print(text) {
        print(text);
        summarise(`\`\`\`\n${text}\`\`\``);
      },
    };
    const request = { environment, to, by: readActor(), ...(digest !== undefined && { digest }) };
    try {
      if (options['dry-run']) {
        const { change } = await planRollback(request, ports);
        if (change === null) return 0;
        handOver('digest', change.digest);
        say(`To apply exactly this: npm run rollback -- --to ${to} --digest ${change.digest}`);
      } else if ((await rollBack(request, ports)) === null) say('Nothing was applied.');
      return 0;
    } finally {
      checkouts.remove();
    }
  } finally {
    tables.destroy();
    snapshots.close();
    await delivery.close();
  }
});

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new InputError('nobody can be asked here: give --yes or --dry-run');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return (await terminal.question(question).finally(() => terminal.close())).trim();
}
