import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { Kafka, logLevel } from 'kafkajs';
import { defaultDataFolder } from './folders.ts';
import { createProcessRecords } from './processes/process-records.ts';
import { listProcesses } from './processes/process-table.ts';
import { type Stack, startStack } from './start-stack.ts';
import { terraform } from './terraform.ts';

const GIB = 1024 ** 3;
/** The first run of all brings and builds the tools; afterwards this takes a few seconds. */
const INSTALLATION_MS = 900_000;

describe('the local stack, started for real', () => {
  // In the checkout's data folder, where the next run of anything ends what a killed test left.
  const dataFolder = defaultDataFolder(`test-stack-${process.pid}`);
  let stack: Stack;
  let groups: number[] = [];

  beforeAll(async () => {
    stack = await startStack({ dataFolder, log: (line) => process.stderr.write(`local stack: ${line}\n`) });
    groups = createProcessRecords(join(dataFolder, 'run'))
      .list()
      .flatMap((record) => (record.kind === 'group' ? record.pid : []));
  }, INSTALLATION_MS);
  afterAll(async () => {
    await stack?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }, 30_000);

  const aws = () => ({
    endpoint: stack.environment.AWS_ENDPOINT_URL as string,
    region: stack.environment.AWS_REGION as string,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const kafkaAs = (user: { username: string; password: string }) =>
    new Kafka({
      clientId: 'test',
      brokers: [stack.kafka.bootstrapServers],
      sasl: { mechanism: 'plain', ...user },
      logLevel: logLevel.NOTHING,
      retry: { retries: 0 },
    });

  it('has a Kafka that lets each user in', async () => {
    for (const user of [stack.kafka.producer, stack.kafka.ingest, stack.kafka.mapping, stack.kafka.admin]) {
      const admin = kafkaAs(user).admin();
      await admin.connect();
      expect((await admin.describeCluster()).brokers).toHaveLength(1);
      await admin.disconnect();
    }
  });

  it('has a Kafka that keeps others out', async () => {
    const admin = kafkaAs({ username: 'producer', password: 'wrong' }).admin();
    await expect(admin.connect()).rejects.toThrow(/SASL PLAIN authentication failed/);
    await admin.disconnect();
  });

  it('has tables that keep what was put, reached through the gateway and past it', async () => {
    const through = new DynamoDBClient(aws());
    const past = new DynamoDBClient({ ...aws(), endpoint: stack.urls.tables });
    const key = { pk: { S: 'a' }, sk: { S: 'b' } };
    await through.send(
      new CreateTableCommand({
        TableName: 'quakewire-local-test',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      }),
    );
    await through.send(
      new PutItemCommand({ TableName: 'quakewire-local-test', Item: { ...key, magnitude: { N: '6.2' } } }),
    );
    const { Item } = await past.send(new GetItemCommand({ TableName: 'quakewire-local-test', Key: key }));
    expect(Item?.magnitude).toEqual({ N: '6.2' });
    for (const client of [through, past]) client.destroy();
  });

  it('has an emulator that answers through the gateway', async () => {
    const client = new LambdaClient(aws());
    expect((await client.send(new ListFunctionsCommand({}))).Functions).toEqual([]);
    client.destroy();
  });

  it('runs a function under Node 22, with the gateway as its AWS and without the packages of the checkout', async () => {
    const code = `export const handler = async () => {
      const found = await import('zod').then(() => 'zod is there', () => 'nothing');
      console.log('one line');
      return { node: process.versions.node.split('.')[0], endpoint: process.env.AWS_ENDPOINT_URL, found };
    };`;
    const client = new LambdaClient(aws());
    await client.send(
      new CreateFunctionCommand({
        FunctionName: 'quakewire-local-test',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/test',
        Code: { ZipFile: zipSync({ 'index.mjs': strToU8(code) }) },
      }),
    );
    const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'quakewire-local-test' }));
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({
      node: '22',
      endpoint: stack.urls.gateway,
      found: 'nothing',
    });
    client.destroy();
  });

  it('has a sink for each provider', async () => {
    const health = await fetch(`${stack.urls.sinks.control}/_sinks/health`);
    expect(await health.json()).toEqual({ status: 'ok' });
    expect(Object.keys(stack.urls.sinks).sort()).toEqual(['control', 'email', 'sms', 'telegram', 'webhook']);
  });

  it('lets Terraform make topics over SASL, and plans clean right after', async () => {
    const scaling = join(dataFolder, 'scaling.auto.tfvars.json');
    writeFileSync(scaling, JSON.stringify({ scaling: { schema: 1, channels: { sms: { partitions: 3 } } } }));
    const options = {
      environment: stack.environment,
      dataFolder,
      processes: stack.processes,
      autoVariableFiles: [scaling],
    };
    const values = '-var-file=../environments/local/topics.tfvars';
    await terraform('bootstrap', ['init'], options);
    await terraform(
      'bootstrap',
      ['apply', '-auto-approve', '-var-file=../environments/local/bootstrap.tfvars'],
      options,
    );
    await terraform('topics', ['init', '-backend-config=../environments/local/topics.s3.tfbackend'], options);
    await terraform('topics', ['apply', '-auto-approve', values], options);
    const plan = await terraform('topics', ['plan', '-detailed-exitcode', values], {
      ...options,
      acceptedExitCodes: [0, 2],
    });
    expect(plan.exitCode).toBe(0);
    const admin = kafkaAs(stack.kafka.admin).admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: ['dispatch.sms'] });
    expect(topics[0]?.partitions).toHaveLength(3);
    await admin.disconnect();
  }, 120_000);

  it('tells what went wrong in Terraform', async () => {
    const options = { environment: stack.environment, dataFolder, processes: stack.processes };
    await expect(terraform('topics', ['plan', '-no-such-option'], options)).rejects.toThrow(
      /^terraform plan of "topics" failed \(exit code 1\)\. Its log \(.*\) ends with:\n[\s\S]*no-such-option/,
    );
  });

  it('needs less than 1 GiB at rest', () => {
    const { totalBytes, byPartBytes } = stack.memoryUse();
    expect(Object.keys(byPartBytes)).toEqual(
      expect.arrayContaining(['kafka', 'emulator', 'gateway', 'sinks', 'local stack']),
    );
    expect(totalBytes - (byPartBytes['local stack'] ?? 0)).toBeLessThan(GIB);
  });

  it('leaves no process and no record behind when it stops', async () => {
    expect(groups.length).toBeGreaterThanOrEqual(4);
    await stack.stop();
    expect(listProcesses().filter((entry) => groups.includes(entry.groupId))).toEqual([]);
    expect(createProcessRecords(join(dataFolder, 'run')).list()).toEqual([]);
  }, 30_000);
});
