data "aws_iam_policy_document" "producer" {
  source_policy_documents = [data.aws_iam_policy_document.broadcast.json]

  statement {
    # A revision is a transaction: the new item, if the one before it is there and nobody created another near it
    # (ConditionCheckItem, UpdateItem); what was retracted leaves the list of mainshocks (DeleteItem).
    sid = "KeepEarthquakes"
    actions = [
      "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
      "dynamodb:UpdateItem",
    ]
    resources = [aws_dynamodb_table.this["earthquakes"].arn]
  }

  statement {
    sid       = "LeadDispatchAndSupervise"
    actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.this["dispatch"].arn]
  }

  statement {
    sid       = "ReadSegmentMap"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.this["map"].arn]
  }

  statement {
    # Before closing a run; puts what a worker handed to another channel and did not come to queue, or ends it (GetItem: after
    # a write without an answer).
    sid       = "ReadLedgerAndFollowHandOvers"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.this["ledger"].arn]
  }

  statement {
    sid       = "SignInToKafka"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.this["kafka-producer"].arn]
  }
}

module "producer" {
  source = "../modules/lambda-function"

  environment = var.environment
  name        = "producer"
  artifact    = var.artifacts["producer"]
  memory_mb   = var.scaling.producer.memory_mb
  # The loop ends by itself after LOOP_SECONDS; the last minute is for handing over.
  timeout_seconds          = 900
  reserved_concurrency     = var.reserve_concurrency ? local.producer_reserved_concurrency : -1
  architecture             = var.architecture
  asynchronous_invocation  = local.scheduled_start
  log_retention_days       = var.log_retention_days
  permissions_boundary_arn = var.permissions_boundary_arn
  policy_json              = data.aws_iam_policy_document.producer.json

  environment_variables = merge(local.common_environment, local.broadcast_environment, {
    EARTHQUAKES_TABLE       = aws_dynamodb_table.this["earthquakes"].name
    DISPATCH_TABLE          = aws_dynamodb_table.this["dispatch"].name
    MAP_TABLE               = aws_dynamodb_table.this["map"].name
    LEDGER_TABLE            = aws_dynamodb_table.this["ledger"].name
    KAFKA_BOOTSTRAP_SERVERS = join(",", var.kafka_bootstrap_servers)
    KAFKA_TLS               = tostring(var.kafka_tls)
    KAFKA_SECRET_ARN        = aws_secretsmanager_secret.this["kafka-producer"].arn
    CHANNELS                = join(",", keys(local.channels))
    USGS_FEED_URL           = var.feeds.usgs_feed_url
    USGS_EVENT_URL          = var.feeds.usgs_event_url
    EMSC_WEBSOCKET_URL      = var.feeds.emsc_websocket_url
    EMSC_EVENT_URL          = var.feeds.emsc_event_url
    INFP_STREAM_URL         = var.feeds.infp_stream_url
    FEED_HOSTS              = join(",", var.feeds.hosts)
    LOOP_SECONDS            = "840"
  })
}

# Each start stays only if there is no standby, so that one is always alive.
resource "aws_scheduler_schedule" "producer" {
  name                = "${local.prefix}-producer"
  description         = "Starts a producer each minute: one leads, one stands by, the others end at once."
  schedule_expression = "rate(1 minute)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.producer.alias_arn
    role_arn = aws_iam_role.schedule.arn

    retry_policy {
      maximum_retry_attempts       = local.scheduled_start.maximum_retry_attempts
      maximum_event_age_in_seconds = local.scheduled_start.maximum_event_age_in_seconds
    }
  }

  # A producer without a sizing could alert nobody.
  depends_on = [aws_dynamodb_table_item.sizing]
}
