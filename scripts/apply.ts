import { parseOptions, requireEnvironment } from '@quakewire/scaling';
import { applyReviewed } from './delivery/apply-reviewed.ts';
import { requireDigest } from './delivery/require-digest.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run apply -- --environment NAME --digest DIGEST [options]

Applies exactly the change that was planned and reviewed under this digest, and reads back what is then in force.
A change that has become stale is planned anew once; that plan may do nothing that the reviewed one did not.

  --environment NAME   whose change it is
  --digest DIGEST      as npm run plan or npm run scale -- run --plan-only printed it
  --var-file FILE      the further variable files that it was planned with; may be repeated
  --first              nothing is installed yet
  --help               this text

Exit code 0: applied; 1: refused, failed, or something else is in force; 2: wrong usage; 3: applied, but channels are held.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const options = parseOptions(args, {
    environment: 'required',
    digest: 'required',
    'var-file': 'files',
    first: 'flag',
  });
  requireEnvironment(options.environment);
  requireDigest(options.digest);
  return await applyReviewed(options);
});
