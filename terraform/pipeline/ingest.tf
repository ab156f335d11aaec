# Where an institute posts its signed bulletins, and the function that takes them. It does what the producer does with a
# bulletin; supervising stays with the leader.

data "aws_iam_policy_document" "ingest" {
  source_policy_documents = [data.aws_iam_policy_document.broadcast.json]

  statement {
    # As the producer's; the digests of posts lie there too.
    sid = "KeepEarthquakes"
    actions = [
      "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
      "dynamodb:UpdateItem",
    ]
    resources = [aws_dynamodb_table.this["earthquakes"].arn]
  }

  statement {
    sid       = "Dispatch"
    actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.this["dispatch"].arn]
  }

  statement {
    sid       = "ReadSegmentMap"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.this["map"].arn]
  }

  statement {
    sid       = "SignInToKafkaAndCheckPosts"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.this["kafka-ingest"].arn, aws_secretsmanager_secret.this["ingest-keys"].arn]
  }
}

module "ingest" {
  source = "../modules/lambda-function"

  environment = var.environment
  name        = "ingest"
  artifact    = var.artifacts["ingest"]
  # One whole processor: it is paid only while it works, and starts in half the time.
  memory_mb = 1769
  # Below what the HTTP API waits.
  timeout_seconds          = 25
  reserved_concurrency     = var.reserve_concurrency ? local.ingest_reserved_concurrency : -1
  architecture             = var.architecture
  log_retention_days       = var.log_retention_days
  permissions_boundary_arn = var.permissions_boundary_arn
  policy_json              = data.aws_iam_policy_document.ingest.json

  environment_variables = merge(local.common_environment, local.broadcast_environment, {
    EARTHQUAKES_TABLE       = aws_dynamodb_table.this["earthquakes"].name
    DISPATCH_TABLE          = aws_dynamodb_table.this["dispatch"].name
    MAP_TABLE               = aws_dynamodb_table.this["map"].name
    KAFKA_BOOTSTRAP_SERVERS = join(",", var.kafka_bootstrap_servers)
    KAFKA_TLS               = tostring(var.kafka_tls)
    KAFKA_SECRET_ARN        = aws_secretsmanager_secret.this["kafka-ingest"].arn
    KEYS_SECRET_ARN         = aws_secretsmanager_secret.this["ingest-keys"].arn
    TELL_EXERCISES          = tostring(var.ingest_tells_exercises)
    CHANNELS                = join(",", keys(local.channels))
  })
}

# Not a function URL: a public one needs a right to invoke the function for everybody, and has no throttle of its own.
resource "aws_apigatewayv2_api" "ingest" {
  name          = "${local.prefix}-ingest"
  description   = "Takes institutes' signed bulletins."
  protocol_type = "HTTP"

  lifecycle {
    # Institutes know its address.
    prevent_destroy = true
  }
}

resource "aws_apigatewayv2_integration" "ingest" {
  api_id                 = aws_apigatewayv2_api.ingest.id
  integration_type       = "AWS_PROXY"
  integration_method     = "POST"
  integration_uri        = module.ingest.alias_invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = 29000
}

resource "aws_apigatewayv2_route" "ingest" {
  #checkov:skip=CKV_AWS_309:The function itself checks who signed a post: institutes have no identities in AWS.
  api_id    = aws_apigatewayv2_api.ingest.id
  route_key = "POST /v1/bulletins"
  target    = "integrations/${aws_apigatewayv2_integration.ingest.id}"
}

resource "aws_apigatewayv2_stage" "ingest" {
  #checkov:skip=CKV_AWS_76:The function counts and logs every post, also those that it refuses.
  api_id      = aws_apigatewayv2_api.ingest.id
  name        = "$default"
  auto_deploy = true

  # Both, or the one that is missing is 0 and refuses everybody. An institute sends a few a second.
  default_route_settings {
    throttling_rate_limit  = 50
    throttling_burst_limit = 100
  }
}

resource "aws_lambda_permission" "ingest" {
  statement_id  = "HttpApi"
  action        = "lambda:InvokeFunction"
  function_name = module.ingest.function_name
  qualifier     = module.ingest.alias_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.ingest.execution_arn}/*/POST/v1/bulletins"
}

locals {
  ingest_refused = "with a good signature was refused: an institute's clock, its sender or our schema is wrong, and its bulletins are lost. The ingest's log names the field."

  # What an institute posted and was refused, or not taken: its warnings are lost until somebody looks. More than so many
  # in 5 minutes.
  ingest_alarms = {
    "post.late"        = { above = 0, description = "A late post ${local.ingest_refused}" }
    "post.malformed"   = { above = 0, description = "A malformed post ${local.ingest_refused}" }
    "post.replayed"    = { above = 0, description = "A post that was taken before ${local.ingest_refused}" }
    "post.tooLarge"    = { above = 0, description = "A post was too large to be looked at: a sender is wrong, or somebody tries what the door takes." }
    "post.forged"      = { above = 20, description = "More than 20 posts had a wrong key or signature: an institute signs with a key that was withdrawn, or somebody tries keys." }
    "post.failed"      = { above = 0, description = "A bulletin could not be taken; its sender tries again. Look at the ingest's log: tables or Kafka did not answer." }
    "broadcast.failed" = { above = 0, description = "A post or CAP file of an institute's alert was not published; those who signed up were told all the same. Read the ingest's log for `not broadcast`." }
  }
}

resource "aws_cloudwatch_metric_alarm" "ingest" {
  for_each = local.ingest_alarms

  alarm_name          = "${local.prefix}-ingest-${replace(each.key, ".", "-")}"
  alarm_description   = each.value.description
  namespace           = "quakewire"
  metric_name         = each.key
  dimensions          = { environment = var.environment, function = "ingest" }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.above
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "ingest_silent" {
  count = var.ingest_heartbeats ? 1 : 0

  alarm_name          = "${local.prefix}-ingest-silent"
  alarm_description   = "No institute has posted a heartbeat for 5 minutes: its sender, its network or its key fails, and a warning would not come either."
  namespace           = "quakewire"
  metric_name         = "post.heartbeat"
  dimensions          = { environment = var.environment, function = "ingest" }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  # No post, no data: that is the alarm itself.
  treat_missing_data = "breaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
}

variable "ingest_heartbeats" {
  description = "Whether an institute posts bulletins here: then the silence of its heartbeats raises an alarm."
  type        = bool
  default     = false
}

variable "ingest_tells_exercises" {
  description = "Whether people are told of the exercises that institutes post. Off, they are checked and answered only: a machine's test at night must not wake a country, not even as an exercise."
  type        = bool
  default     = false
}
