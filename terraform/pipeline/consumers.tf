locals {
  email_sender        = lookup(var.senders, "email", "")
  email_sender_domain = element(split("@", local.email_sender), 1)
  # Channels with pollers of their own; only there do AWS's retries and its place for failed batches exist.
  provisioned_channels = { for name, channel in local.channels : name => channel if channel.minimum_pollers != null }
}

data "aws_iam_policy_document" "consumer" {
  for_each = local.channels

  statement {
    # BatchGetItem: rows that another channel handed over, wherever they lie.
    sid       = "ReadEndpointsAndMap"
    actions   = ["dynamodb:BatchGetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.this["endpoints"].arn, aws_dynamodb_table.this["map"].arn]
  }

  statement {
    sid       = "ClaimAndSettlePages"
    actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.this["ledger"].arn]
  }

  statement {
    sid       = "FollowRunsAndBudget"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.this["dispatch"].arn]
  }

  statement {
    sid     = "OwnProviderAddressKeyAndMapping"
    actions = ["secretsmanager:GetSecretValue"]
    resources = [
      aws_secretsmanager_secret.this["provider-${each.key}"].arn,
      aws_secretsmanager_secret.this["address-key"].arn,
      # The mapping signs in to Kafka with the function's own role.
      aws_secretsmanager_secret.this["kafka-mapping"].arn,
    ]
  }

  statement {
    sid       = "KeepDeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.dead_letters[each.key].arn]
  }

  dynamic "statement" {
    for_each = each.key == "email" ? ["email"] : []

    content {
      sid     = "SendAsOurselves"
      actions = ["ses:SendRawEmail"]
      # Either may be what SES verified: the whole domain or the one address. A set that a message names is asked for, too.
      resources = [for name in concat(
        ["identity/${local.email_sender}", "identity/${local.email_sender_domain}"],
        var.ses_configuration_set == "" ? [] : ["configuration-set/${var.ses_configuration_set}"],
        ) :
        "arn:${data.aws_partition.current.partition}:ses:${var.region}:${data.aws_caller_identity.current.account_id}:${name}"
      ]

      condition {
        test     = "StringEquals"
        variable = "ses:FromAddress"
        values   = [local.email_sender]
      }
    }
  }

  dynamic "statement" {
    for_each = contains(keys(local.provisioned_channels), each.key) ? aws_s3_bucket.failed_batches : []

    content {
      sid       = "KeepFailedBatches"
      actions   = ["s3:ListBucket", "s3:PutObject"]
      resources = [statement.value.arn, "${statement.value.arn}/*"]
    }
  }
}

module "consumer" {
  source   = "../modules/lambda-function"
  for_each = local.channels

  environment              = var.environment
  name                     = "consumer-${each.key}"
  artifact                 = var.artifacts["consumer-${each.key}"]
  memory_mb                = each.value.memory_mb
  timeout_seconds          = var.consumer_timeout_seconds
  reserved_concurrency     = var.reserve_concurrency ? each.value.reserved_concurrency : -1
  warm_workers             = each.value.warm_workers
  architecture             = var.architecture
  log_retention_days       = var.log_retention_days
  permissions_boundary_arn = var.permissions_boundary_arn
  policy_json              = data.aws_iam_policy_document.consumer[each.key].json

  environment_variables = merge(local.common_environment, {
    CHANNEL                = each.key
    ENDPOINTS_TABLE        = aws_dynamodb_table.this["endpoints"].name
    MAP_TABLE              = aws_dynamodb_table.this["map"].name
    LEDGER_TABLE           = aws_dynamodb_table.this["ledger"].name
    DISPATCH_TABLE         = aws_dynamodb_table.this["dispatch"].name
    ADDRESS_KEY_SECRET_ARN = aws_secretsmanager_secret.this["address-key"].arn
    PROVIDER_SECRET_ARN    = aws_secretsmanager_secret.this["provider-${each.key}"].arn
    PROVIDER_BASE_URL      = lookup(var.provider_base_urls, each.key, "")
    SENDER                 = lookup(var.senders, each.key, "")
    SES_CONFIGURATION_SET  = var.ses_configuration_set
    STOP_BASE_URL          = var.stop_base_url
    DEAD_LETTER_QUEUE_URL  = aws_sqs_queue.dead_letters[each.key].url
  })
}

# Topics, start position, group and brokers force a new mapping; anything else pauses polling for up to 90 s. A new
# version of the function does neither, because the mapping points at the alias.
resource "aws_lambda_event_source_mapping" "consumer" {
  for_each = local.channels

  function_name     = module.consumer[each.key].alias_arn
  topics            = ["dispatch.${each.key}"]
  starting_position = "TRIM_HORIZON"
  # One wake-up is one worker. A full batch also waits for no batching window, which this provider cannot set to 0.
  batch_size = 1
  enabled    = !contains(var.disabled_channels, each.key)

  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = join(",", var.kafka_bootstrap_servers) }
  }

  self_managed_kafka_event_source_config {
    consumer_group_id = "${local.prefix}-consumer-${each.key}"
  }

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = aws_secretsmanager_secret.this["kafka-mapping"].arn
  }

  # AWS takes these with provisioned pollers only; on demand the handler alone settles everything.
  maximum_retry_attempts         = each.value.minimum_pollers == null ? null : 2
  maximum_record_age_in_seconds  = each.value.minimum_pollers == null ? null : 3600
  bisect_batch_on_function_error = each.value.minimum_pollers == null ? null : true
  function_response_types        = each.value.minimum_pollers == null ? null : ["ReportBatchItemFailures"]

  dynamic "provisioned_poller_config" {
    for_each = each.value.minimum_pollers == null ? [] : [each.value]

    content {
      minimum_pollers = provisioned_poller_config.value.minimum_pollers
      maximum_pollers = provisioned_poller_config.value.maximum_pollers
    }
  }

  dynamic "destination_config" {
    for_each = each.value.minimum_pollers == null ? [] : aws_s3_bucket.failed_batches

    content {
      on_failure {
        destination_arn = destination_config.value.arn
      }
    }
  }
}
