import {
  type ApplyPorts,
  applyAndReadBack,
  type ChangePorts,
  type PlannedScaling,
  planScaling,
  type ScalingPorts,
  type ScalingRequest,
  sizeAnew,
} from '@quakewire/deployment';
import { holdsOf, type Observation, observe, openPorts } from '@quakewire/scaling';
import { kafkaOf, quiet, withLivePorts } from './live-ports.ts';
import type { Site } from './site.ts';

export interface ScalingRunOptions {
  /** Changes what was observed, e.g. a count that failed. */
  observed?(observation: Observation): Observation;
  /** Called once, when the first apply begins. */
  onApply?(): void;
  /** Between plan and apply. */
  afterPlan?(): Promise<void>;
  /** Other ports than the world's own, e.g. of a second runner. */
  changePorts?: ChangePorts;
}

export interface ScalingRun extends PlannedScaling {
  /** As the job's: 0, or 3 when a channel is held. */
  exitCode: 0 | 3;
}

/** One run of the scaler as the schedule makes it: observe, decide, plan, guard, apply, read back. */
export async function runScaler(world: Site, options: ScalingRunOptions = {}): Promise<ScalingRun> {
  const request = scalingRequest(world);
  const ports = applyPorts(world, options);
  const sized = await sizeAnew(request, ports);
  const planned = await planScaling(sized, request, ports);
  const exitCode = holdsOf(planned.sizing).length === 0 ? 0 : 3;
  if (planned.change === null) return { ...planned, exitCode };
  const { digest } = planned.change;
  await options.afterPlan?.();
  await withLivePorts(world, (live) => applyAndReadBack({ ...request, digest }, { ...live, ...ports }));
  return { ...planned, exitCode };
}

export function scalingRequest({ policy, deployed: { deployment } }: Site): ScalingRequest {
  const { environment, commit, variableFiles } = deployment;
  return { policy, environment, commit, variableFiles, mode: 'scale' };
}

export function applyPorts(world: Site, options: ScalingRunOptions = {}): ApplyPorts & ScalingPorts {
  const { terminal, deployed } = world;
  let isApplying = false;
  const say = (sentence: string) => {
    terminal.line(`  ${sentence.split('\n').join('\n           ')}`);
    if (isApplying || !sentence.startsWith('Applying ')) return;
    isApplying = true;
    options.onApply?.();
  };
  return {
    ...(options.changePorts ?? deployed.deployment.changePorts(say)),
    say,
    observe: async () => (options.observed ?? ((same) => same))(await observeWorld(world)),
    alertInFlight: () => withPorts(world, async (ports) => (await ports.openRuns(channelsOf(world))).length > 0),
    heartbeat: () => withLivePorts(world, ({ heartbeat }) => heartbeat()),
  };
}

const observeWorld = (world: Site): Promise<Observation> =>
  withPorts(world, (ports) =>
    observe({
      policy: world.policy,
      lastCounts: {},
      // The population changes faster than the segmenter counts it; how long sends take here is the machine's, and
      // each rehearsal must come to the same sizings.
      ports: { ...ports, readCounts: async () => undefined, sends: async () => [] },
      onFailure: (input, error) => world.terminal.line(`  not known: ${input} (${(error as Error).message})`),
    }),
  );

async function withPorts<T>(
  world: Site,
  use: (ports: ReturnType<typeof openPorts>['ports']) => Promise<T>,
): Promise<T> {
  const { ports, close } = openPorts({ environment: 'local', kafka: kafkaOf(world), logger: quiet, isFirst: false });
  return await use(ports).finally(close);
}

const channelsOf = ({ policy }: Site): string[] => policy.channels.map(({ name }) => name);
