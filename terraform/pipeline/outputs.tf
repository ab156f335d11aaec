output "functions" {
  description = "Each function's name and the ARN of its alias `live`."
  value = merge(
    { for name, function in { producer = module.producer, segmenter = module.segmenter, ingest = module.ingest } : name => { name = function.function_name, alias_arn = function.alias_arn } },
    { for channel, function in module.consumer : "consumer-${channel}" => { name = function.function_name, alias_arn = function.alias_arn } },
  )
}

output "tables" {
  description = "Name of each table."
  value       = { for name, table in aws_dynamodb_table.this : name => table.name }
}

output "secrets" {
  description = "ARN of each secret whose value a person or script puts."
  value       = { for name, secret in aws_secretsmanager_secret.this : name => secret.arn }
}

output "dead_letter_queues" {
  description = "Address of each channel's dead-letter queue."
  value       = { for channel, queue in aws_sqs_queue.dead_letters : channel => queue.url }
}

output "mappings" {
  description = "Id of each channel's event source mapping."
  value       = { for channel, mapping in aws_lambda_event_source_mapping.consumer : channel => mapping.uuid }
}

output "ingest" {
  description = "Where institutes post their bulletins; the id of its HTTP API is for the local stack, which serves it under another address."
  value       = { url = "${aws_apigatewayv2_api.ingest.api_endpoint}/v1/bulletins", api_id = aws_apigatewayv2_api.ingest.id }
}
