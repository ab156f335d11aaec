import { planChange, terraformRoots } from '@quakewire/deployment';
import { InputError, parseOptions, requireEnvironment } from '@quakewire/scaling';
import { handOver, listChanges, summarise } from './delivery/job.ts';
import { openDelivery, print, readCommit, say, variableFilesOf } from './delivery/open-delivery.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run plan -- --environment NAME [options]

Plans a deployment of this checkout, lets the guard judge it, and stores what passed for npm run apply.
Prints the digest of the change, or nothing when there is nothing to change. The scaling file in force stays.

  --environment NAME   whose values, states and scaling file
  --mode MODE          deploy (default) or rollback
  --var-file FILE      a further variable file, e.g. artifacts.auto.tfvars.json; may be repeated
  --root ROOT          topics or pipeline only; without it both
  --help               this text

Exit code 0: planned, or nothing to change; 1: refused or failed; 2: wrong usage. Nothing is ever applied.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const options = parseOptions(args, {
    environment: 'required',
    mode: 'optional',
    'var-file': 'files',
    root: 'optional',
  });
  const environment = requireEnvironment(options.environment);
  const { mode = 'deploy', root } = options;
  if (mode !== 'deploy' && mode !== 'rollback') throw new InputError('--mode must be deploy or rollback');
  const roots = root === undefined ? terraformRoots : terraformRoots.filter((name) => name === root);
  if (roots.length === 0) throw new InputError('--root must be topics or pipeline');
  const delivery = openDelivery(environment);
  try {
    const variableFiles = variableFilesOf(environment, options['var-file']);
    const change = await planChange(
      { environment, mode, commit: readCommit(), roots, variableFiles },
      delivery.changePorts,
    );
    if (change === null) say('Nothing to change.');
    else {
      print(`${change.digest}\n`);
      handOver('digest', change.digest);
      summarise(listChanges(change));
    }
    return 0;
  } finally {
    await delivery.close();
  }
});
