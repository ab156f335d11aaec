import { consumerGroupId, type Mapping } from '../mapping.ts';

/** Lambda's window where none was set: 500 ms (invocation-eventsourcemapping). */
const defaultWindowMs = 500;
/** Infinite retries together with an on-failure destination are capped at ten (kafka-retry-configurations). */
const retriesWithDestination = 10;

/** What a mapping means for its poller. `null` = no bound. */
export interface PollerSettings {
  uuid: string;
  functionArn: string;
  topic: string;
  consumerGroupId: string;
  bootstrapServers: readonly string[];
  startingPosition: 'TRIM_HORIZON' | 'LATEST' | 'AT_TIMESTAMP';
  /** Milliseconds since the epoch; only with AT_TIMESTAMP. */
  startingTimestampMs: number;
  batchSize: number;
  windowMs: number;
  /** Absent = on-demand mode. */
  pollers?: { minimum: number; maximum: number };
  partialResponses: boolean;
  bisect: boolean;
  maximumRetryAttempts: number | null;
  maximumRecordAgeMs: number | null;
  /** ARN of a queue or bucket. */
  failureDestination?: string;
}

/**
 * Retries, record age, splitting and partial responses exist in provisioned mode only; on demand they are ignored,
 * whatever the mapping says (https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html).
 */
export function pollerSettings(mapping: Mapping): PollerSettings {
  const { configuration } = mapping;
  const window = configuration.MaximumBatchingWindowInSeconds;
  const destination = configuration.DestinationConfig?.OnFailure?.Destination;
  return {
    uuid: mapping.uuid,
    functionArn: mapping.functionArn,
    topic: configuration.Topics[0] ?? '',
    consumerGroupId: consumerGroupId(mapping),
    bootstrapServers: configuration.SelfManagedEventSource.Endpoints.KAFKA_BOOTSTRAP_SERVERS,
    startingPosition: configuration.StartingPosition,
    startingTimestampMs: (configuration.StartingPositionTimestamp ?? 0) * 1000,
    batchSize: configuration.BatchSize ?? 1,
    windowMs: window === undefined ? defaultWindowMs : window * 1000,
    ...(destination ? { failureDestination: destination } : {}),
    ...errorHandling(mapping, destination !== undefined),
  };
}

function errorHandling({ configuration }: Mapping, hasDestination: boolean) {
  const pollers = configuration.ProvisionedPollerConfig;
  if (!pollers) {
    return { partialResponses: false, bisect: false, maximumRetryAttempts: null, maximumRecordAgeMs: null };
  }
  const minimum = pollers.MinimumPollers ?? 1;
  const retries = configuration.MaximumRetryAttempts ?? -1;
  const ageSeconds = configuration.MaximumRecordAgeInSeconds ?? -1;
  return {
    pollers: { minimum, maximum: Math.max(minimum, pollers.MaximumPollers ?? minimum) },
    partialResponses: configuration.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false,
    bisect: configuration.BisectBatchOnFunctionError ?? false,
    maximumRetryAttempts: retries >= 0 ? retries : hasDestination ? retriesWithDestination : null,
    maximumRecordAgeMs: ageSeconds >= 0 ? ageSeconds * 1000 : null,
  };
}
