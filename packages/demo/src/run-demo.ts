import { readGazetteer } from './gazetteer.ts';
import { type Installation, startInstallation } from './install.ts';
import type { DemoOptions } from './options.ts';
import { quakes } from './quakes.ts';
import { type DemoReport, reportOn } from './report.ts';
import { readPolicy } from './size.ts';
import { createSubscribers } from './subscribers.ts';
import type { Terminal } from './terminal.ts';
import { watchAlerts } from './watch-alerts.ts';

export interface Demo extends Pick<Installation, 'stack' | 'stop'> {
  run(): Promise<DemoReport>;
}

/** Starts the local parts; `run` takes the earthquake from its first bulletin to the report. */
export async function createDemo(
  { subscribers, quake: name, seed, realLimits }: DemoOptions,
  terminal: Terminal,
): Promise<Demo> {
  const { happen, ...where } = quakes[name];
  const policy = await readPolicy(realLimits ? 'local-real-limits' : 'local');
  const cities = await readGazetteer();
  const endpoints = createSubscribers(cities, { subscribers, seed, ...where, validFromMs: 0 });
  const behaviour = { latencyMs: 50 };
  const installation = await startInstallation({ purpose: 'demo', policy, endpoints, seed, behaviour }, terminal);
  const { stack, feeds, stop } = installation;
  return {
    stack,
    stop,
    async run() {
      const deployed = await installation.deploy();
      const happening = happen({ feeds, institute: deployed.institute, terminal });
      const alerts = await watchAlerts(happening, deployed.stores, deployed.sinks, terminal);
      return reportOn({ ...deployed, alerts, stack });
    },
  };
}
