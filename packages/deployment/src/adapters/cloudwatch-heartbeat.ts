import { type CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** Puts the metric whose absence for three hours raises the alarm `scaler-silent` (terraform/pipeline/observability.tf). */
export function createCloudWatchHeartbeat(client: CloudWatchClient, environment: string): () => Promise<void> {
  return async () => {
    const Dimensions = [{ Name: 'environment', Value: environment }];
    const MetricData = [{ MetricName: 'ScalerRun', Dimensions, Value: 1, Unit: 'Count' as const }];
    await client.send(new PutMetricDataCommand({ Namespace: 'quakewire', MetricData }));
  };
}
