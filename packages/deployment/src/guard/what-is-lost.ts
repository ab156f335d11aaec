/** What would be gone with a resource of this type: these types are protected in every way that AWS and Kafka offer. */
export const whatIsLost: Readonly<Record<string, string>> = {
  aws_dynamodb_table: 'subscribers, consents or the record of who was told would be lost',
  aws_dynamodb_table_item: 'producer and consumers would find no sizing and send nothing',
  kafka_topic: 'its wake-ups would be lost, and a topic made anew begins empty',
  aws_s3_bucket: 'everything that it keeps would be lost',
  aws_secretsmanager_secret: 'functions could no longer sign in or read addresses',
  aws_sqs_queue: 'dead letters that wait for their replay would be lost',
  aws_lambda_event_source_mapping: 'its channel would hear of no alert',
  aws_lambda_function: 'what it does would stop',
  aws_lambda_alias: 'nothing could call the function any more',
  aws_scheduler_schedule: 'nobody would start the function any more',
  aws_iam_role: 'its function could no longer do anything',
  aws_iam_role_policy: 'its function could no longer do anything',
  aws_cloudwatch_metric_alarm: 'nobody would be told of that fault any more',
  aws_sns_topic: 'nobody would be told of any fault any more',
};

export const lossOf = (type: string): string => whatIsLost[type] ?? 'what it does would stop';
