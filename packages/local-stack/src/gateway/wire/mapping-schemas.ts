import * as z from 'zod';

/**
 * What the Lambda API accepts for a self-managed Kafka source. Closed: a field that the gateway would ignore in
 * silence is refused by name. Bounds: https://docs.aws.amazon.com/lambda/latest/dg/kafka-esm-parameters.html and
 * https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html.
 */
const destinationSchema = z.strictObject({ Destination: z.string().optional() });

const accessTypes = [
  'BASIC_AUTH',
  'SASL_SCRAM_256_AUTH',
  'SASL_SCRAM_512_AUTH',
  // Stored and shown, without effect: there is no VPC on one machine.
  'VPC_SUBNET',
  'VPC_SECURITY_GROUP',
] as const;

const infiniteOr = (minimum: number, maximum: number) => z.union([z.literal(-1), z.int().min(minimum).max(maximum)]);

/** Fields that both the create and the update call may carry. */
const changeableFields = {
  BatchSize: z.int().min(1).max(10_000).optional(),
  BisectBatchOnFunctionError: z.boolean().optional(),
  DestinationConfig: z
    .strictObject({ OnFailure: destinationSchema.optional(), OnSuccess: z.strictObject({}).optional() })
    .optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).max(1).optional(),
  MaximumBatchingWindowInSeconds: z.int().min(0).max(300).optional(),
  MaximumRecordAgeInSeconds: infiniteOr(60, 604_800).optional(),
  MaximumRetryAttempts: infiniteOr(0, 10_000).optional(),
  MetricsConfig: z.strictObject({ Metrics: z.array(z.string()).optional() }).optional(),
  ProvisionedPollerConfig: z
    .strictObject({
      MinimumPollers: z.int().min(1).max(200).optional(),
      MaximumPollers: z.int().min(1).max(2_000).optional(),
    })
    .optional(),
  SourceAccessConfigurations: z
    .array(z.strictObject({ Type: z.enum(accessTypes), URI: z.string().min(1) }))
    .max(22)
    .optional(),
};

/** Fields that are fixed when the mapping is made. */
const fixedFields = {
  SelfManagedEventSource: z.strictObject({
    Endpoints: z.strictObject({ KAFKA_BOOTSTRAP_SERVERS: z.array(z.string().min(1)).min(1).max(10) }),
  }),
  SelfManagedKafkaEventSourceConfig: z
    .strictObject({ ConsumerGroupId: z.string().min(1).max(200).optional() })
    .optional(),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP']),
  /** Seconds since the epoch. */
  StartingPositionTimestamp: z.number().nonnegative().optional(),
  Topics: z.array(z.string().min(1).max(249)).length(1),
};

const tagsSchema = z.record(z.string(), z.string());
const functionNameSchema = z.string().min(1).max(256);

/** What a mapping does, in the API's own words: stored and echoed unchanged. */
export const mappingConfigurationSchema = z.strictObject({ ...changeableFields, ...fixedFields });
export type MappingConfiguration = z.infer<typeof mappingConfigurationSchema>;

export const createMappingSchema = z.strictObject({
  ...changeableFields,
  ...fixedFields,
  FunctionName: functionNameSchema,
  Enabled: z.boolean().optional(),
  Tags: tagsSchema.optional(),
});
export type CreateMappingRequest = z.infer<typeof createMappingSchema>;

/** A delta: an absent field keeps its value. */
export const updateMappingSchema = z.strictObject({
  ...changeableFields,
  FunctionName: functionNameSchema.optional(),
  Enabled: z.boolean().optional(),
});
export type UpdateMappingRequest = z.infer<typeof updateMappingSchema>;

export const tagMappingSchema = z.strictObject({ Tags: tagsSchema });
