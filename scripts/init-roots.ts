import { parseOptions, requireEnvironment } from '@quakewire/scaling';
import { initRoots } from './delivery/init-roots.ts';
import { openDelivery } from './delivery/open-delivery.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run init-roots -- --environment NAME

terraform init of topics and pipeline with the states of an environment: before the first plan of a checkout.

Exit code 0: ready; 1: a provider or a state is not to be had; 2: wrong usage.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const environment = requireEnvironment(parseOptions(args, { environment: 'required' }).environment);
  const delivery = openDelivery(environment);
  try {
    await initRoots(delivery.changePorts.terraform, environment);
    return 0;
  } finally {
    await delivery.close();
  }
});
