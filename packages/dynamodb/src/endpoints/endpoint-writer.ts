import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Endpoint, EndpointWriter } from '@quakewire/core';
import type { Item } from '../attribute-values.ts';
import { batchWrite } from '../batch-write.ts';
import { cellItemOf, endpointItemOf } from './endpoint-item.ts';
import { endpointKey } from './endpoint-key.ts';

export interface EndpointWriterOptions {
  client: DynamoDBClient;
  table: string;
}

/** Writes endpoint rows in bulk. Needs H3; readers do not. */
export function createEndpointWriter({ client, table }: EndpointWriterOptions): EndpointWriter {
  return {
    async put(endpoints) {
      const cells = new Map<string, Item>();
      const rows = new Map<string, Item>();
      for (const endpoint of endpoints) addItems(endpoint, cells, rows);
      // Cells first: a row whose cell nobody knows would be in no segment.
      await batchWrite(client, table, [...cells.values()]);
      await batchWrite(client, table, [...rows.values()]);
    },
  };
}

/** By key, since a batch refuses the same key twice; the last of two equal keys stays. */
function addItems(endpoint: Endpoint, cells: Map<string, Item>, rows: Map<string, Item>): void {
  const { cell, sortKey, centre } = endpointKey(endpoint);
  const name = `${endpoint.channel}#${cell}`;
  if (!cells.has(name)) cells.set(name, cellItemOf(endpoint.channel, cell, centre));
  rows.set(`${name}#${sortKey}`, endpointItemOf({ cell, sortKey }, endpoint));
}
