import * as z from 'zod';
import {
  type CreateMappingRequest,
  type MappingConfiguration,
  mappingConfigurationSchema,
  type UpdateMappingRequest,
} from './wire/mapping-schemas.ts';

/** Lambda's default batch size for Kafka (kafka-esm-parameters). */
const defaultBatchSize = 100;
const defaultPollers = { MinimumPollers: 1, MaximumPollers: 200 };

const settledStates = ['Enabled', 'Disabled'] as const;
const states = [...settledStates, 'Creating', 'Updating', 'Enabling', 'Disabling', 'Deleting'] as const;
export type MappingState = (typeof states)[number];

/** One event source mapping as the gateway keeps it; `configuration` is in the API's own words. */
export const mappingSchema = z.strictObject({
  uuid: z.string(),
  functionArn: z.string(),
  enabled: z.boolean(),
  state: z.enum(states),
  lastModifiedSeconds: z.number(),
  tags: z.record(z.string(), z.string()),
  configuration: mappingConfigurationSchema,
});
export type Mapping = z.infer<typeof mappingSchema>;

export interface NewMapping {
  request: CreateMappingRequest;
  uuid: string;
  functionArn: string;
  nowSeconds: number;
}

/** A mapping in state Creating, with the defaults that Lambda fills in (batch size, pollers, group = its own id). */
export function createMapping({ request, uuid, functionArn, nowSeconds }: NewMapping): Mapping {
  const { FunctionName: _name, Enabled: enabled = true, Tags: tags = {}, ...configuration } = request;
  return {
    uuid,
    functionArn,
    enabled,
    state: 'Creating',
    lastModifiedSeconds: nowSeconds,
    tags,
    configuration: withDefaults(configuration, uuid),
  };
}

/** The delta applied; `Enabled` absent keeps the state. The state tells what is going on until the poller followed. */
export function updateMapping(
  mapping: Mapping,
  { delta, functionArn, nowSeconds }: { delta: UpdateMappingRequest; functionArn: string; nowSeconds: number },
): Mapping {
  const { FunctionName: _name, Enabled: enabled = mapping.enabled, ...changes } = delta;
  return {
    ...mapping,
    functionArn,
    enabled,
    state: stateWhileUpdating(mapping.enabled, enabled),
    lastModifiedSeconds: nowSeconds,
    configuration: withDefaults({ ...mapping.configuration, ...changes }, mapping.uuid),
  };
}

/** Where a mapping comes to rest once its poller has followed; null = it is gone. */
export function settleMapping(mapping: Mapping): Mapping | null {
  if (mapping.state === 'Deleting') return null;
  return { ...mapping, state: mapping.enabled ? 'Enabled' : 'Disabled' };
}

/** A mapping in transition refuses changes, as AWS does (ResourceInUseException). */
export const isSettled = (mapping: Mapping): boolean =>
  mapping.state === settledStates[0] || mapping.state === settledStates[1];

/** The consumer group that the mapping reads with; unique among mappings (kafka-consumer-group-id). */
export const consumerGroupId = (mapping: Mapping): string =>
  mapping.configuration.SelfManagedKafkaEventSourceConfig?.ConsumerGroupId ?? mapping.uuid;

/** `arn:aws:lambda:<region>:<account>:event-source-mapping:<uuid>`: region and account are the function's. */
export function mappingArn(mapping: Mapping): string {
  const [, partition, , region, account] = mapping.functionArn.split(':');
  return `arn:${partition}:lambda:${region}:${account}:event-source-mapping:${mapping.uuid}`;
}

function stateWhileUpdating(before: boolean, after: boolean): MappingState {
  if (before === after) return 'Updating';
  return after ? 'Enabling' : 'Disabling';
}

/** `{}` pollers and an empty destination mean "remove" on the wire: kept, they would show as a change in each plan. */
function withDefaults(configuration: MappingConfiguration, uuid: string): MappingConfiguration {
  const { ProvisionedPollerConfig: pollers, DestinationConfig: destination, ...rest } = configuration;
  const hasPollers = pollers !== undefined && Object.keys(pollers).length > 0;
  return {
    ...rest,
    BatchSize: rest.BatchSize ?? defaultBatchSize,
    SelfManagedKafkaEventSourceConfig: {
      ConsumerGroupId: rest.SelfManagedKafkaEventSourceConfig?.ConsumerGroupId ?? uuid,
    },
    ...(hasPollers ? { ProvisionedPollerConfig: { ...defaultPollers, ...pollers } } : {}),
    ...(destination?.OnFailure?.Destination ? { DestinationConfig: destination } : {}),
  };
}
