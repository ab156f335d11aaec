locals {
  function_name = "quakewire-${var.environment}-${var.name}"
}

# Asked at every plan, so that a missing or wrong zip is found before anything is touched.
data "aws_s3_object" "zip" {
  bucket        = var.artifact.bucket
  key           = var.artifact.key
  checksum_mode = "ENABLED"
}

# Made before the function: Lambda would otherwise make one that never expires.
resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${local.function_name}"
  retention_in_days = var.log_retention_days
}

resource "aws_lambda_function" "this" {
  function_name    = local.function_name
  role             = aws_iam_role.this.arn
  s3_bucket        = var.artifact.bucket
  s3_key           = var.artifact.key
  source_code_hash = var.artifact.sha256_base64
  # nodejs24.x is refused by this provider version.
  runtime                        = "nodejs22.x"
  handler                        = "index.handler"
  architectures                  = [var.architecture]
  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency
  publish                        = true

  environment {
    variables = var.environment_variables
  }

  logging_config {
    # With JSON, Lambda wraps each line: embedded metrics are lost, and lines without its own level are dropped.
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.this.name
  }

  # A function may start as soon as it exists: without its rights the first starts fail.
  depends_on = [aws_iam_role_policy.this]

  lifecycle {
    precondition {
      condition     = data.aws_s3_object.zip.checksum_sha256 == var.artifact.sha256_base64
      error_message = "${var.artifact.bucket} does not hold the zip that was built under ${var.artifact.key}: upload it with `npm run build -- --upload BUCKET --tfvars FILE`."
    }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version in service."
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  count = var.warm_workers > 0 ? 1 : 0

  function_name = aws_lambda_function.this.function_name
  # Through the resource, not the word "live": a literal has no dependency, and the alias would be missing.
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = var.warm_workers
}

resource "aws_lambda_function_event_invoke_config" "this" {
  count = var.asynchronous_invocation == null ? 0 : 1

  function_name                = aws_lambda_function.this.function_name
  qualifier                    = aws_lambda_alias.live.name
  maximum_retry_attempts       = var.asynchronous_invocation.maximum_retry_attempts
  maximum_event_age_in_seconds = var.asynchronous_invocation.maximum_event_age_in_seconds
}
