import { readFileSync } from 'node:fs';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { startAwsEmulator } from '@quakewire/local-stack';
import { createCloudWatchHeartbeat } from '../src/adapters/cloudwatch-heartbeat.ts';

const alarms = readFileSync(new URL('../../../terraform/pipeline/observability.tf', import.meta.url), 'utf8');
const silent = /resource "aws_cloudwatch_metric_alarm" "scaler_silent" {.*?\n}/s.exec(alarms)?.[0] ?? '';
const settingOf = (field: string) => new RegExp(`${field}\\s*= "([^"]+)"`).exec(silent)?.[1];

let emulator: Awaited<ReturnType<typeof startAwsEmulator>>;
let client: CloudWatchClient;
beforeAll(async () => {
  emulator = await startAwsEmulator({ name: 'heartbeat' });
  client = new CloudWatchClient({
    endpoint: emulator.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}, 120_000);
afterAll(async () => {
  client.destroy();
  await emulator.stop();
});

test("a heartbeat is counted where the alarm of the scaler's silence looks", async () => {
  await createCloudWatchHeartbeat(client, 'dev')();
  expect(silent).toContain('dimensions          = { environment = var.environment }');
  const nowMs = Date.now();
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: settingOf('namespace'),
      MetricName: settingOf('metric_name'),
      Dimensions: [{ Name: 'environment', Value: 'dev' }],
      Statistics: ['SampleCount'],
      Period: 3600,
      StartTime: new Date(nowMs - 3_600_000),
      EndTime: new Date(nowMs + 60_000),
    }),
  );
  expect(Datapoints.map(({ SampleCount }) => SampleCount)).toEqual([1]);
});
