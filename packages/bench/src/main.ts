import { benchAlert } from './alert/bench-alert.ts';
import { benchBudget } from './budget/bench-budget.ts';
import { benchCost } from './cost/bench-cost.ts';
import { benchDecide } from './decide/bench-decide.ts';
import { benchDispatch } from './dispatch/bench-dispatch.ts';
import { benchFaults } from './faults/bench-faults.ts';
import { benchInit } from './init/bench-init.ts';
import { benchPolicy } from './policy/bench-policy.ts';
import { benchSegmentMap } from './segment-map/bench-segment-map.ts';
import { benchTakeOver } from './take-over/bench-take-over.ts';

const benches: Record<string, { about: string; run: (options: readonly string[]) => Promise<boolean> }> = {
  alert: {
    about: "how long from a report's last byte until Kafka has every wake-up [--alerts N, 200 if not given]",
    run: benchAlert,
  },
  budget: { about: 'what a provider sees of its rate, in any second and any 10 s', run: benchBudget },
  cost: {
    about:
      'table units and Kafka records a notification [--channel NAME, sms if not given] [--endpoints N, 100000 if not given]',
    run: benchCost,
  },
  decide: { about: 'how long the scaler takes to decide for 50 million endpoints in 200 countries', run: benchDecide },
  dispatch: {
    about: `how fast we send beside the client library alone and the earlier designs [--channel A,B] [--endpoints N,N]
              [--latency MS,MS] [--rounds N] [--json]; all channels, 10000,100000, 0,50 and 3 if not given`,
    run: benchDispatch,
  },
  faults: { about: 'what ours and the earlier designs lose or double [--seeds N, 200 if not given]', run: benchFaults },
  init: { about: "each function's init beside the import of its libraries alone", run: benchInit },
  policy: { about: 'reports a second through parse, association and policy on one core', run: benchPolicy },
  'segment-map': {
    about: 'how long a channel takes to get its segment map, and how much memory [--endpoints N, 1000000 if not given]',
    run: benchSegmentMap,
  },
  'take-over': {
    about: 'how long nobody leads after the leader was killed with -9, 20 times in a row',
    run: benchTakeOver,
  },
};

const help = `Usage: npm run bench -- NAME

${Object.entries(benches)
  .map(([name, { about }]) => `  ${name.padEnd(12)}${about}`)
  .join('\n')}

Exit code: 0, 1 when a figure misses its target, 2 when it could not be measured, also for an unknown name or option.
`;

const [name = '--help', ...options] = process.argv.slice(2);
const bench = benches[name];
if (name === '--help' || options.includes('--help')) process.stdout.write(help);
else if (bench) process.exitCode = await verdict(bench.run(options));
else {
  console.error(`There is no benchmark ${name}. Try --help.`);
  process.exitCode = 2;
}

async function verdict(measured: Promise<boolean>): Promise<number> {
  try {
    return (await measured) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
}
