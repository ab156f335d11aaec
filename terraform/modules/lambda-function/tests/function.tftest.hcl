mock_provider "aws" {
  override_during = plan

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:mock" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/quakewire/dev/mock" }
  }

  mock_data "aws_s3_object" {
    defaults = { checksum_sha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" }
  }
}

variables {
  environment           = "dev"
  name                  = "consumer-sms"
  memory_mb             = 512
  timeout_seconds       = 120
  environment_variables = { LOG_LEVEL = "info" }
  policy_json           = "{}"
  log_retention_days    = 30
  artifact = {
    bucket        = "artifacts"
    key           = "lambda/consumer-sms/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.zip"
    sha256_base64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
  }
}

run "the_function_runs_the_uploaded_zip_and_logs_text_to_its_own_group" {
  command = plan

  assert {
    condition = (
      aws_lambda_function.this.function_name == "quakewire-dev-consumer-sms"
      && aws_lambda_function.this.s3_key == var.artifact.key
      && aws_lambda_function.this.source_code_hash == var.artifact.sha256_base64
      && aws_lambda_function.this.publish
      && one(aws_lambda_function.this.architectures) == "arm64"
    )
    error_message = "The function must be published from the artifact's key and digest, on arm64 unless told otherwise."
  }

  assert {
    condition     = aws_lambda_function.this.logging_config[0].log_format == "Text" && aws_lambda_function.this.logging_config[0].log_group == "/aws/lambda/quakewire-dev-consumer-sms"
    error_message = "JSON logging would lose embedded metrics; a log group made by Lambda would never expire."
  }

  assert {
    condition     = aws_iam_role.this.path == "/quakewire/dev/"
    error_message = "Roles lie below /quakewire/<environment>/, where deployments may make them."
  }

  assert {
    condition     = flatten(data.aws_iam_policy_document.this.statement[*].resources) == ["arn:aws:logs:eu-central-1:123456789012:log-group:mock:*"]
    error_message = "Besides the caller's policy the function may write its own log only."
  }
}

run "without_wishes_it_costs_nothing_and_keeps_lambdas_defaults" {
  command = plan

  assert {
    condition     = length(aws_lambda_provisioned_concurrency_config.this) == 0 && length(aws_lambda_function_event_invoke_config.this) == 0 && aws_lambda_function.this.reserved_concurrent_executions == -1
    error_message = "Warm environments, reservations and asynchronous settings must be asked for."
  }
}

run "warm_workers_and_asynchronous_settings_are_on_the_alias" {
  command = plan

  variables {
    warm_workers            = 2
    reserved_concurrency    = 7
    asynchronous_invocation = { maximum_retry_attempts = 0, maximum_event_age_in_seconds = 60 }
  }

  assert {
    condition     = aws_lambda_provisioned_concurrency_config.this[0].qualifier == "live" && aws_lambda_provisioned_concurrency_config.this[0].provisioned_concurrent_executions == 2
    error_message = "Warm environments belong to the alias that mappings call."
  }

  assert {
    condition = (
      aws_lambda_function_event_invoke_config.this[0].qualifier == "live"
      && aws_lambda_function_event_invoke_config.this[0].maximum_retry_attempts == 0
      && aws_lambda_function_event_invoke_config.this[0].maximum_event_age_in_seconds == 60
    )
    error_message = "Retries and age of asynchronous starts belong to the alias that schedules call."
  }
}

run "a_bucket_that_holds_another_zip" {
  command = plan

  variables {
    artifact = merge(var.artifact, { sha256_base64 = "AAAAQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" })
  }

  expect_failures = [aws_lambda_function.this]
}

run "a_key_that_is_not_the_digest" {
  command = plan

  variables {
    artifact = merge(var.artifact, { key = "lambda/consumer-sms/latest.zip" })
  }

  expect_failures = [var.artifact]
}

run "another_functions_zip" {
  command = plan

  variables {
    artifact = merge(var.artifact, { key = replace(var.artifact.key, "consumer-sms", "consumer-email") })
  }

  expect_failures = [var.artifact]
}

run "less_memory_than_lambda_has" {
  command = plan

  variables {
    memory_mb = 64
  }

  expect_failures = [var.memory_mb]
}

run "a_reservation_of_zero_would_stop_the_function" {
  command = plan

  variables {
    reserved_concurrency = 0
  }

  expect_failures = [var.reserved_concurrency]
}

run "more_warm_workers_than_reserved" {
  command = plan

  variables {
    reserved_concurrency = 1
    warm_workers         = 2
  }

  expect_failures = [var.warm_workers]
}
