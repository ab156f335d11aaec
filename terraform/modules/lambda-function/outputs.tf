output "function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.this.function_name
}

output "alias_arn" {
  description = "ARN of the alias `live`: what event source mappings and schedules point at."
  value       = aws_lambda_alias.live.arn
}

output "alias_invoke_arn" {
  description = "How an HTTP API calls the alias."
  value       = aws_lambda_alias.live.invoke_arn
}

output "alias_name" {
  description = "Name of the alias, with its dependency: use it as qualifier instead of the literal."
  value       = aws_lambda_alias.live.name
}

output "version" {
  description = "Version that the alias points at."
  value       = aws_lambda_function.this.version
}

output "log_group_name" {
  description = "Log group of the function."
  value       = aws_cloudwatch_log_group.this.name
}
