import type { FieldRule } from './guarded-fields.ts';

/** What a sizing run may change of one type, and nothing else. */
export interface SizingFields {
  fields: readonly FieldRule[];
  /** Fields that AWS computes anew when one of the fields above changes. */
  computed?: readonly string[];
  /** The only resource of the type that is meant. */
  address?: string;
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value);

const wholeWithin =
  (minimum: number, maximum: number): FieldRule['permits'] =>
  (before, after) =>
    isWhole(before) && isWhole(after) && after >= minimum && after <= maximum;

/** More than any sizing asks for: a plan that adds a thousand times as many is a mistake. */
const maximumPartitions = 1_000;
const maximumPollers = 200;

/** Memory publishes a version and moves the alias to it: these become unknown with it, and only with it. */
export const movedByMemory: Readonly<Record<string, readonly string[]>> = {
  aws_lambda_function: ['version', 'qualified_arn', 'qualified_invoke_arn'],
  aws_lambda_alias: ['function_version'],
};

export const sizingFields: Readonly<Record<string, SizingFields>> = {
  aws_dynamodb_table_item: {
    address: 'aws_dynamodb_table_item.sizing',
    fields: [
      {
        pattern: 'item.control.S.**',
        permits: wholeWithin(1, Number.MAX_SAFE_INTEGER),
        otherwise:
          'a sizing run changes numbers of the sizing item only: it adds and removes no entry, and none is below 1',
      },
    ],
  },
  aws_lambda_function: {
    fields: [
      {
        pattern: 'reserved_concurrent_executions',
        permits: (before, after) => isWhole(before) && isWhole(after) && before > 0 && after > 0,
        otherwise:
          'it must stay a number above 0: 0 stops the function, and whether anything is reserved is decided by a deployment',
      },
      { pattern: 'memory_size', permits: wholeWithin(128, 10_240), otherwise: 'it must be from 128 to 10240' },
    ],
  },
  aws_lambda_provisioned_concurrency_config: {
    fields: [
      {
        pattern: 'provisioned_concurrent_executions',
        permits: wholeWithin(1, maximumPartitions),
        otherwise: `it must be from 1 to ${maximumPartitions}`,
      },
    ],
  },
  aws_lambda_event_source_mapping: {
    fields: ['minimum_pollers', 'maximum_pollers'].map((field) => ({
      pattern: `provisioned_poller_config.0.${field}`,
      permits: wholeWithin(1, maximumPollers),
      otherwise: `it must be from 1 to ${maximumPollers}; whether a channel has provisioned pollers at all is decided by a deployment`,
    })),
    computed: ['last_modified', 'state', 'last_processing_result', 'state_transition_reason'],
  },
  kafka_topic: {
    fields: [
      {
        pattern: 'partitions',
        permits: (before, after) => wholeWithin(1, maximumPartitions)(before, after) && Number(after) > Number(before),
        otherwise: `partitions only grow, and to no more than ${maximumPartitions}`,
      },
    ],
  },
};
