import type { ChannelName } from '@quakewire/core';
import { createEndpointPlaces, createEndpointWriter } from '@quakewire/dynamodb';
import { startTableServer } from '@quakewire/local-stack';
import { publishMap } from '@quakewire/segmenter/publish-map';
import { anAlert } from '@quakewire/testing';
import { readDispatchOptions } from './dispatch-options.ts';
import { sizingOf } from './dispatch-round.ts';
import { connectTables, createTables, storesOf, tableNamesOf } from './dispatch-stores.ts';
import { type Comparison, formatComparison, judge } from './format-dispatch.ts';
import { measureSides } from './measure-sides.ts';
import { seedPeople } from './seed-people.ts';
import { startSinksProcess } from './sinks-process.ts';

/** What a longer alert may hold more than a short one, for the heap's own growth. */
const flatWithin = 1.25;

const about = `Each side is a process of its own; the sinks and the table server are two others, beside all of them.
Library and channel: the provider's client library, and our adapter over it, in a bare loop at its best concurrency.
Ours and the earlier designs: everything a consumer does, on real tables, with a budget that is no limit.
A second: from the first call to the last answer. CPU: of the sending process. The targets are beside the library.
`;

/**
 * Prints how fast ours sends beside the client library alone and the earlier designs. True when ours reaches its targets at
 * every channel, latency and number of endpoints, and holds no more memory for more endpoints.
 * @throws for an option that it does not know or cannot use.
 */
export async function benchDispatch(args: readonly string[]): Promise<boolean> {
  const options = readDispatchOptions(args);
  const comparisons: Comparison[] = [];
  const sinks = await startSinksProcess();
  const tables = await startTableServer({ name: 'bench-dispatch' });
  const client = connectTables(tables.url);
  const say = (what: string): void => console.error(`  ${what}`);
  if (!options.isJson) console.log(about);
  try {
    for (const endpoints of options.endpoints) await createTables(client, endpoints);
    for (const channel of options.channels) {
      for (const endpoints of options.endpoints) await prepare(channel, endpoints);
      const stores = (endpoints: number) => storesOf(client, endpoints);
      await measureSides({ channel, sinks, tables, stores, onProgress: say }, options, (comparison) => {
        comparisons.push(comparison);
        if (!options.isJson) console.log(`${formatComparison(comparison)}\n`);
      });
    }
  } finally {
    sinks.stop();
    client.destroy();
    await tables.stop();
  }
  if (options.isJson) console.log(JSON.stringify(comparisons, undefined, 2));
  const isFlat = options.channels.every((channel) => isMemoryFlat(channel, comparisons));
  return isFlat && comparisons.every((comparison) => judge(comparison).isKept);

  async function prepare(channel: ChannelName, endpoints: number): Promise<void> {
    say(`${channel}: seeding ${endpoints.toLocaleString('en')} endpoints`);
    const { endpoints: table } = tableNamesOf(endpoints);
    const writer = createEndpointWriter({ client, table });
    await seedPeople(channel, endpoints, anAlert().hypocentre, sinks.urls[channel], writer);
    const { maps } = storesOf(client, endpoints);
    await publishMap(channel, sizingOf(1), { places: createEndpointPlaces({ client, table }), maps });
  }
}

/** Compares the least and the most endpoints; says what it finds on stderr, beside the tables. */
function isMemoryFlat(channel: ChannelName, comparisons: readonly Comparison[]): boolean {
  const own = comparisons.filter((comparison) => comparison.channel === channel);
  const peakAt = ({ results }: Comparison): number => results.find(({ side }) => side === 'ours')?.peakMb ?? 0;
  const [first] = own;
  const last = own.filter(({ latencyMs }) => latencyMs === first?.latencyMs).at(-1);
  if (!first || !last || first === last) return true;
  const times = peakAt(last) / peakAt(first);
  const verdict = times > flatWithin ? `  MISSED: ${flatWithin} wanted` : '';
  const sizes = [first, last].map(({ endpoints }) => endpoints.toLocaleString('en'));
  console.error(`${channel}: memory at ${sizes[1]} endpoints is ${times.toFixed(2)} of that at ${sizes[0]}${verdict}`);
  return times <= flatWithin;
}
