import { type GuardMode, planScaling, type ScalingRequest, sizeAnew } from '@quakewire/deployment';
import {
  help,
  holdsOf,
  InputError,
  observeEnvironment,
  parseOptions,
  readPolicy,
  renderSizing,
  renderSummary,
  requireEnvironment,
  runCli,
} from '@quakewire/scaling';
import { applyReviewed } from './delivery/apply-reviewed.ts';
import { handOver, summarise } from './delivery/job.ts';
import { openDelivery, openObservation, print, readCommit, say, variableFilesOf } from './delivery/open-delivery.ts';
import { exitCodeOf, runDelivery } from './delivery/run-delivery.ts';

const context = { print, say, openPorts: openObservation };

/** `npm run scale -- run`: the whole of it, or up to the plan, whose digest the next job applies. */
async function run(args: readonly string[]): Promise<number> {
  const options = parseOptions(args, {
    policy: 'required',
    environment: 'required',
    mode: 'optional',
    'var-file': 'files',
    'plan-only': 'flag',
    'dry-run': 'flag',
    first: 'flag',
  });
  const environment = requireEnvironment(options.environment);
  const request: ScalingRequest = {
    policy: readPolicy(options.policy),
    environment,
    mode: modeOf(options.mode),
    commit: readCommit(),
    isFirst: options.first,
    variableFiles: variableFilesOf(environment, options['var-file']),
  };
  const delivery = openDelivery(environment);
  try {
    const observe = (lastCounts: Readonly<Record<string, number>>) =>
      observeEnvironment({ environment, policy: request.policy, first: options.first, lastCounts }, context);
    const ports = { ...delivery.changePorts, observe };
    const sized = await sizeAnew(request, ports);
    const shown = renderSizing(sized.sizing, request.policy);
    summarise(renderSummary(sized.sizing, sized.observation));
    // The digest is the only result where a job reads it.
    if (options['plan-only']) say(shown);
    else print(shown);
    if (options['dry-run']) return sized.sizing.exitCode;
    const { sizing, change } = await planScaling(sized, request, ports);
    if (change === null) return exitCodeOf(holdsOf(sizing));
    if (options['plan-only']) {
      print(`${change.digest}\n`);
      handOver('digest', change.digest);
      return 0;
    }
    return await applyReviewed({ ...options, environment, digest: change.digest });
  } finally {
    await delivery.close();
  }
}

function modeOf(mode: string | undefined): GuardMode {
  if (mode === undefined || mode === 'scale') return 'scale';
  if (mode === 'deploy') return 'deploy';
  throw new InputError('--mode must be scale or deploy');
}

const [name, ...rest] = process.argv.slice(2);
process.exitCode = name === 'run' ? await runDelivery(rest, help, run) : await runCli(process.argv.slice(2), context);
