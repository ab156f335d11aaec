import type { LeafChange } from './leaf-changes.ts';

/** What a field may become, and the sentence for when it becomes something else. */
export interface FieldRule {
  /** Steps joined by `.`, `*` for any one step; a final `**` for anything below. */
  pattern: string;
  permits(before: unknown, after: unknown): boolean;
  otherwise: string;
}

const staysTrue: FieldRule['permits'] = (before, after) => before !== true || after === true;
const doesNotFall: FieldRule['permits'] = (before, after) => Number(after) >= Number(before ?? 0);
const stays: FieldRule['permits'] = () => false;

/**
 * Fields that no deployment and no rollback may weaken: they protect what cannot be made again. Everything else of a
 * known type is theirs to change.
 */
export const guardedFields: Readonly<Record<string, readonly FieldRule[]>> = {
  aws_dynamodb_table: [
    { pattern: 'deletion_protection_enabled', permits: staysTrue, otherwise: 'deletion protection would go' },
    { pattern: 'point_in_time_recovery.*.enabled', permits: staysTrue, otherwise: 'point-in-time recovery would go' },
  ],
  aws_dynamodb_table_item: [
    { pattern: 'item.pk.S', permits: stays, otherwise: 'another item would be written' },
    { pattern: 'item.sk.S', permits: stays, otherwise: 'another item would be written' },
  ],
  kafka_topic: [{ pattern: 'partitions', permits: doesNotFall, otherwise: 'partitions only grow' }],
  aws_sqs_queue: [
    {
      pattern: 'message_retention_seconds',
      permits: doesNotFall,
      otherwise: 'dead letters that wait for their replay would be forgotten sooner',
    },
  ],
  aws_secretsmanager_secret: [
    {
      pattern: 'recovery_window_in_days',
      permits: doesNotFall,
      otherwise: 'a deleted secret could be restored for less time',
    },
  ],
  aws_iam_role: [
    {
      pattern: 'permissions_boundary',
      permits: stays,
      otherwise: 'the bound of what the role may ever do would change',
    },
  ],
  aws_s3_bucket: [
    {
      pattern: 'force_destroy',
      permits: (_before, after) => after !== true,
      otherwise: 'the bucket could be deleted with everything in it',
    },
  ],
  aws_s3_bucket_versioning: [
    {
      pattern: 'versioning_configuration.*.status',
      permits: (_before, after) => after === 'Enabled',
      otherwise: 'older versions would no longer be kept',
    },
  ],
  aws_s3_bucket_public_access_block: [
    'block_public_acls',
    'block_public_policy',
    'ignore_public_acls',
    'restrict_public_buckets',
  ].map((pattern) => ({ pattern, permits: staysTrue, otherwise: 'the bucket could become public' })),
};

/** Types that the roots use; any other is refused until someone has thought about what it may lose. */
export const knownTypes: ReadonlySet<string> = new Set([
  ...Object.keys(guardedFields),
  'aws_apigatewayv2_api',
  'aws_apigatewayv2_authorizer',
  'aws_apigatewayv2_integration',
  'aws_apigatewayv2_route',
  'aws_apigatewayv2_stage',
  'aws_budgets_budget',
  'aws_cloudfront_distribution',
  'aws_cloudfront_origin_access_control',
  'aws_cloudfront_response_headers_policy',
  'aws_cloudwatch_dashboard',
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_log_metric_filter',
  'aws_cloudwatch_metric_alarm',
  'aws_iam_role_policy',
  'aws_lambda_alias',
  'aws_lambda_event_source_mapping',
  'aws_lambda_function',
  'aws_lambda_function_event_invoke_config',
  'aws_lambda_permission',
  'aws_lambda_provisioned_concurrency_config',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_scheduler_schedule',
  'aws_sesv2_configuration_set',
  'aws_sesv2_configuration_set_event_destination',
  'aws_sns_topic',
  'aws_sns_topic_policy',
  'aws_sns_topic_subscription',
  'aws_sqs_queue_policy',
  'aws_wafv2_web_acl',
]);

/** True when a rule of the list speaks about this field and the change breaks it; unknown values prove nothing. */
export const breaks = (rule: FieldRule, { before, after, unknown, sensitive }: LeafChange): boolean =>
  unknown || sensitive || !rule.permits(before, after);
