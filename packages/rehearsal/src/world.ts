import { type Deployed, type Installation, startInstallation, type Terminal } from '@quakewire/demo';
import type { Policy } from '@quakewire/scaling';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
import { endpointsAtFirst, rehearsalPolicy, steadyEndpoints } from './policy.ts';
import { createPopulation, type Population } from './population.ts';
import { createEndpoints } from './towns.ts';

/** The deployed quakewire of a rehearsal, and everything that the steps do to it. */
export interface World {
  installation: Installation;
  deployed: Deployed;
  /** What the operators decided; they change it on the way. */
  policy: Policy;
  population: Population;
  dispatcher: Dispatcher;
  terminal: Terminal;
}

export interface RehearsalSite {
  stack: Installation['stack'];
  stop(): Promise<void>;
  deploy(): Promise<World>;
}

export async function openSite(isShort: boolean, terminal: Terminal): Promise<RehearsalSite> {
  // Provisioned pollers bring a bucket whose making takes the emulator a minute.
  const policy = rehearsalPolicy(!isShort);
  const endpoints = [...createEndpoints('webhook', endpointsAtFirst), ...createEndpoints('telegram', steadyEndpoints)];
  const installation = await startInstallation(
    { purpose: 'rehearse', policy, endpoints, seed: 1, behaviour: { latencyMs: 20 } },
    terminal,
  );
  let dispatcher: Dispatcher | undefined;
  return {
    stack: installation.stack,
    async stop() {
      await dispatcher?.close();
      await installation.stop();
    },
    async deploy() {
      const deployed = await installation.deploy();
      const population = createPopulation(deployed, installation, terminal);
      dispatcher = createDispatcher(deployed, installation.stack);
      return { installation, deployed, policy, population, dispatcher, terminal };
    },
  };
}
