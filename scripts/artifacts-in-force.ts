import { DeploymentError } from '@quakewire/deployment';
import { parseOptions, requireEnvironment } from '@quakewire/scaling';
import { parseArtifacts, writeArtifacts } from './delivery/artifacts-file.ts';
import { openDelivery, say } from './delivery/open-delivery.ts';
import { openSnapshots } from './delivery/open-snapshots.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run artifacts-in-force -- --environment NAME --output FILE

Writes which zips are in force, as npm run snapshot kept them: scaling and drift plan with the same code.

Exit code 0: written; 1: nothing was deployed yet, or it cannot be read; 2: wrong usage.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const options = parseOptions(args, { environment: 'required', output: 'required' });
  const environment = requireEnvironment(options.environment);
  const delivery = openDelivery(environment);
  const snapshots = openSnapshots(environment, delivery);
  try {
    const { name, read } = snapshots.artifactsInForce;
    const inForce = await read();
    if (inForce === null) throw new DeploymentError(`${name} is not there: deploy first, and take a snapshot of it.`);
    writeArtifacts(options.output, parseArtifacts(name, inForce.text));
    say(`${options.output} names the zips in force.`);
    return 0;
  } finally {
    snapshots.close();
    await delivery.close();
  }
});
