# The door that is open to the internet: what stands behind it, and what it may do.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = aws_secretsmanager_secret.this["kafka-ingest"]
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-ingest" }
}

override_resource {
  target          = aws_secretsmanager_secret.this["ingest-keys"]
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:ingest-keys" }
}

override_resource {
  target          = aws_dynamodb_table.this["endpoints"]
  override_during = plan
  values          = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/endpoints" }
}

override_resource {
  target          = aws_dynamodb_table.this["ledger"]
  override_during = plan
  values          = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/ledger" }
}

run "the_ingest_sees_no_people_and_only_its_own_secrets" {
  command = plan

  assert {
    condition = alltrue([for resource in flatten(data.aws_iam_policy_document.ingest.statement[*].resources) :
      !endswith(resource, ":table/endpoints") && !endswith(resource, ":table/ledger")
    ])
    error_message = "Endpoints and the ledger are no business of the ingest."
  }

  assert {
    condition = toset([for statement in data.aws_iam_policy_document.ingest.statement : statement.resources if contains(statement.actions, "secretsmanager:GetSecretValue")][0]) == toset([
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-ingest",
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:ingest-keys",
    ])
    error_message = "The ingest signs in to Kafka as itself and reads the institutes' keys, nothing else."
  }
}

run "one_route_leads_in_and_it_is_throttled" {
  command = plan

  assert {
    condition     = aws_apigatewayv2_route.ingest.route_key == "POST /v1/bulletins" && aws_lambda_permission.ingest.principal == "apigateway.amazonaws.com" && endswith(aws_lambda_permission.ingest.source_arn, "/*/POST/v1/bulletins")
    error_message = "Only POST /v1/bulletins of this API starts the function."
  }

  assert {
    condition     = aws_apigatewayv2_stage.ingest.default_route_settings[0].throttling_rate_limit > 0 && aws_apigatewayv2_stage.ingest.default_route_settings[0].throttling_burst_limit > 0
    error_message = "A limit that is left out is 0: everybody would be refused."
  }

  assert {
    condition     = aws_lambda_permission.ingest.qualifier == module.ingest.alias_name && aws_apigatewayv2_integration.ingest.payload_format_version == "2.0"
    error_message = "The API calls the alias, with the event that the handler reads."
  }
}

run "what_an_institute_loses_raises_an_alarm" {
  command = plan

  assert {
    condition = toset(values(aws_cloudwatch_metric_alarm.ingest)[*].metric_name) == toset([
      "broadcast.failed", "post.failed", "post.forged", "post.late", "post.malformed", "post.replayed", "post.tooLarge",
    ])
    error_message = "Every way in which a post is not taken needs its alarm."
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.ingest_silent) == 0
    error_message = "Where no institute posts, its silence is none."
  }
}

run "an_institute_that_falls_silent_raises_an_alarm" {
  command = plan

  variables {
    ingest_heartbeats = true
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.ingest_silent[0].treat_missing_data == "breaching"
    error_message = "Without posts there is no data: that must alarm."
  }
}

run "people_are_told_of_exercises_only_where_that_is_said" {
  command = plan

  assert {
    condition     = !var.ingest_tells_exercises
    error_message = "A machine's test at night must not wake anybody."
  }
}
