import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { parseOptions, requireEnvironment } from '@quakewire/scaling';
import { say } from './delivery/open-delivery.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run scaler-heartbeat -- --environment NAME

Puts the metric ScalerRun: a scheduled run came to its end. Three hours without one raise an alarm in CloudWatch, so that a
schedule that GitHub dropped or switched off is seen (terraform/pipeline/observability.tf).

Exit code 0: put; 1: CloudWatch did not take it; 2: wrong usage.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const environment = requireEnvironment(parseOptions(args, { environment: 'required' }).environment);
  const cloudWatch = new CloudWatchClient();
  try {
    const Dimensions = [{ Name: 'environment', Value: environment }];
    const MetricData = [{ MetricName: 'ScalerRun', Dimensions, Value: 1, Unit: 'Count' as const }];
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'quakewire', MetricData }));
    say('The run is recorded.');
    return 0;
  } finally {
    cloudWatch.destroy();
  }
});
