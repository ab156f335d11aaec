import { checkInForce } from '@quakewire/deployment';
import { parseOptions, requireEnvironment } from '@quakewire/scaling';
import { openDelivery } from './delivery/open-delivery.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run read-back -- --environment NAME

Compares what is really there (partitions, mappings, pollers, concurrency, aliases, sizing item) with the scaling file in force.
A batching window that is not 0 is set to 0.

Exit code 0: everything as it should be; 1: differences, a sentence each; 2: wrong usage.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const { environment } = parseOptions(args, { environment: 'required' });
  const delivery = openDelivery(requireEnvironment(environment));
  const ports = delivery.readBackPorts();
  try {
    await checkInForce({ expectNewestCode: true }, { ...delivery.changePorts, ...ports });
    return 0;
  } finally {
    await ports.close();
    await delivery.close();
  }
});
