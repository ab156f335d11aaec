import { existsSync } from 'node:fs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { Kafka, logLevel } from 'kafkajs';
import { defaultDataFolder } from './folders.ts';
import { startBroker, startTableServer } from './start-single-part.ts';

/** The first run of all brings the tool. */
const INSTALLATION_MS = 600_000;

describe('one part of the stack alone', () => {
  it(
    'is a broker with one user, and nothing after it was stopped',
    async () => {
      const broker = await startBroker({ name: 'test-broker' });
      const sasl = { mechanism: 'plain', ...broker.user } as const;
      const admin = new Kafka({ brokers: [broker.bootstrapServers], sasl, logLevel: logLevel.NOTHING }).admin();
      await admin.connect();
      expect(await admin.listTopics()).toEqual([]);
      await admin.disconnect();
      await broker.stop();
      expect(existsSync(defaultDataFolder(`test-broker-${process.pid}`))).toBe(false);
    },
    INSTALLATION_MS,
  );

  it(
    'is a table server without tables',
    async () => {
      const server = await startTableServer({ name: 'test-tables' });
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const client = new DynamoDBClient({ endpoint: server.url, region: 'eu-central-1', credentials });
      expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([]);
      client.destroy();
      await server.stop();
    },
    INSTALLATION_MS,
  );
});
