import {
  createSubscribers,
  epicentre,
  type Installation,
  readGazetteer,
  readPolicy,
  startInstallation,
  type Terminal,
  withinKm,
} from '@quakewire/demo';
import type { Policy } from '@quakewire/scaling';
import { createDispatchPorts } from './dispatch-ports.ts';
import { drawSchedule, unreliableProviders } from './draw-schedule.ts';
import { describeFault } from './fault.ts';
import { formatRun } from './format-run.ts';
import { judgeRun, type RunOutcome, type Verdict } from './judge-run.ts';
import type { ChaosOptions } from './options.ts';
import { type Ground, runEarthquake } from './run-earthquake.ts';
import { saveFunctionLogs } from './save-function-logs.ts';

/** Slow enough that 20,000 endpoints are still being told when most faults strike. */
const ratePerSecond = 300;
/** Half of the default: a frozen function times out within a run, and workers still live longer than a take-over. */
const consumerTimeoutSeconds = 60;

export interface ChaosRun {
  seed: number;
  verdict: Verdict;
}

export interface Chaos extends Pick<Installation, 'stack' | 'stop'> {
  run(): Promise<ChaosRun[]>;
}

/** Starts the local parts; `run` deploys quakewire and lets the earthquakes happen, one after the other. */
export async function createChaos(options: ChaosOptions, terminal: Terminal): Promise<Chaos> {
  const policy = atRate(await readPolicy('local'), ratePerSecond);
  const { seed, endpoints: count } = options;
  const people = { subscribers: count, seed, withinKm, epicentre, validFromMs: 0 };
  const installation = await startInstallation(
    {
      purpose: 'chaos',
      policy,
      endpoints: createSubscribers(await readGazetteer(), people).slice(0, count),
      seed,
      behaviour: { latencyMs: 50, ...unreliableProviders },
      tablesBehindGateway: true,
      variables: { TF_VAR_consumer_timeout_seconds: String(consumerTimeoutSeconds) },
    },
    terminal,
  );
  return {
    stack: installation.stack,
    stop: installation.stop,
    async run() {
      const deployed = await installation.deploy();
      const { ports: dispatchPorts, close } = createDispatchPorts(deployed, installation.stack);
      const ground = { installation, deployed, policy, dispatchPorts, earlierEarthquakes: new Set<string>(), terminal };
      const runs: ChaosRun[] = [];
      for (let number = 0; number < options.runs; number++) runs.push(await runSeed(seed + number, ground));
      await close();
      return runs;
    },
  };
}

async function runSeed(seed: number, ground: Ground): Promise<ChaosRun> {
  const { line } = ground.terminal;
  line(`seed ${seed}: providers answer 5 % errors and leave 2 % without answer; besides, from the first bulletin on:`);
  for (const fault of drawSchedule(seed))
    line(`  ${(fault.atMs / 1000).toFixed(1).padStart(5)} s  ${describeFault(fault)}`);
  const sinceMs = Date.now();
  const outcome: RunOutcome = await runEarthquake(seed, ground);
  const verdict = judgeRun(outcome);
  for (const text of formatRun(outcome, verdict).split('\n')) line(text);
  if (verdict.problems.length > 0)
    line(`what the functions said: ${await saveFunctionLogs(ground.installation.stack, seed, sinceMs)}`);
  line(
    `seed ${seed}: ${verdict.problems.length === 0 ? 'every promise kept' : `FAILED, ${verdict.problems.length} problems`}`,
  );
  return { seed, verdict };
}

const atRate = (policy: Policy, providerRatePerSecond: number): Policy => ({
  ...policy,
  channels: policy.channels.map((channel) => ({
    ...channel,
    senders: channel.senders.map((sender) => ({ ...sender, providerRatePerSecond })),
  })),
});
