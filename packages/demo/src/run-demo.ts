import { readGazetteer } from './gazetteer.ts';
import { type Installation, startInstallation } from './install.ts';
import { epicentre, originAgeMs, withinKm } from './marmara.ts';
import type { DemoOptions } from './options.ts';
import { type DemoReport, reportOn } from './report.ts';
import { readPolicy } from './size.ts';
import { createSubscribers } from './subscribers.ts';
import type { Terminal } from './terminal.ts';
import { watchAlert } from './watch-alert.ts';

export interface Demo extends Pick<Installation, 'stack' | 'stop'> {
  run(): Promise<DemoReport>;
}

/** Starts the local parts; `run` takes the earthquake from the feeds to the report. */
export async function createDemo({ subscribers, seed, realLimits }: DemoOptions, terminal: Terminal): Promise<Demo> {
  const policy = await readPolicy(realLimits ? 'local-real-limits' : 'local');
  const cities = await readGazetteer();
  const endpoints = createSubscribers(cities, { subscribers, seed, withinKm, epicentre, validFromMs: 0 });
  const behaviour = { latencyMs: 50 };
  const installation = await startInstallation({ purpose: 'demo', policy, endpoints, seed, behaviour }, terminal);
  const { stack, feeds, stop } = installation;
  return {
    stack,
    stop,
    async run() {
      const deployed = await installation.deploy();
      const { shiftMs } = feeds.publishEarthquake(originAgeMs);
      terminal.line(`earthquake: M6.2 Sea of Marmara, recorded 2025-04-23; all its times are shifted by ${shiftMs} ms`);
      terminal.line(
        '  (final solutions of EMSC and USGS, re-framed as first bulletins: a reconstruction of the framing)',
      );
      const alert = await watchAlert(deployed.stores, deployed.sinks, terminal);
      return reportOn({ ...deployed, alert, stack });
    },
  };
}
