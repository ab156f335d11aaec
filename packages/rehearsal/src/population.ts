import type { Deployed, Installation, PlainEndpoint, Terminal } from '@quakewire/demo';
import { endpointsAtFirst, endpointsAtMost, steadyEndpoints } from './policy.ts';
import { removeEndpoints } from './remove-endpoints.ts';
import { createEndpoints } from './towns.ts';

/** Who has subscribed; the channel `webhook` grows and shrinks, `telegram` stays. */
export interface Population {
  /** Everybody in force now, with whole addresses. */
  inForce(): readonly PlainEndpoint[];
  /** More sign up, or all but so many leave; then the segment maps are cut anew. */
  become(count: number): Promise<void>;
}

export function createPopulation(deployed: Deployed, { stack }: Installation, terminal: Terminal): Population {
  const origin = stack.urls.sinks.webhook;
  const whole = createEndpoints('webhook', endpointsAtMost).map((endpoint) => ({
    ...endpoint,
    address: origin + endpoint.address,
  }));
  const steady = createEndpoints('telegram', steadyEndpoints);
  let count = endpointsAtFirst;
  return {
    inForce: () => [...whole.slice(0, count), ...steady],
    async become(next) {
      const what = next > count ? `${next - count} endpoints sign up` : `${count - next} endpoints leave`;
      await terminal.step(what, async () => {
        const changed = createEndpoints('webhook', Math.max(count, next)).slice(Math.min(count, next));
        if (next > count) await deployed.write(changed);
        else await removeEndpoints(changed, deployed);
        count = next;
      });
      await terminal.step('segment maps', deployed.cutSegments);
    },
  };
}
