import type { ChannelName } from '@quakewire/core';
import { createEndpointPlaces, createEndpointWriter } from '@quakewire/dynamodb';
import { onInterrupt, startTableServer } from '@quakewire/local-stack';
import { publishMap } from '@quakewire/segmenter/publish-map';
import { anAlert } from '@quakewire/testing';
import { sizingOf } from './dispatch-round.ts';
import { connectTables, createTables, storesOf, tableNamesOf } from './dispatch-stores.ts';
import { seedPeople } from './seed-people.ts';
import { type SinksProcess, startSinksProcess } from './sinks-process.ts';

/** What stands around the measured sides: providers and tables, each a process. */
export interface Surroundings {
  sinks: SinksProcess;
  tables: { url: string; pid: number };
  /** The stores on the tables with so many people. */
  stores(endpoints: number): ReturnType<typeof storesOf>;
  /** Makes the people of a channel, and their segment map. */
  seed(channel: ChannelName, endpoints: number): Promise<void>;
  stop(): Promise<void>;
}

/** @param sizes the numbers of endpoints: each gets tables of its own. */
export async function startSurroundings(sizes: readonly number[]): Promise<Surroundings> {
  const tables = await startTableServer({ name: 'bench-dispatch' });
  const sinks = await startSinksProcess().catch(async (error) => {
    await tables.stop();
    throw error;
  });
  const client = connectTables(tables.url);
  const forget = onInterrupt(stop);
  async function stop(): Promise<void> {
    forget();
    sinks.stop();
    client.destroy();
    await tables.stop();
  }
  try {
    for (const endpoints of sizes) await createTables(client, endpoints);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    sinks,
    tables,
    stores: (endpoints) => storesOf(client, endpoints),
    async seed(channel, endpoints) {
      const { endpoints: table } = tableNamesOf(endpoints);
      const writer = createEndpointWriter({ client, table });
      await seedPeople(channel, endpoints, anAlert().hypocentre, sinks.urls[channel], writer);
      const { maps } = storesOf(client, endpoints);
      await publishMap(channel, sizingOf(1), { places: createEndpointPlaces({ client, table }), maps });
    },
    stop,
  };
}
