# What the path of a wake-up relies on: mappings, queues, secrets, the sizing item, schedules.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = module.consumer["sms"].aws_lambda_alias.live
  override_during = plan
  values          = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:quakewire-dev-consumer-sms:live" }
}

override_resource {
  target          = module.producer.aws_lambda_alias.live
  override_during = plan
  values          = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:quakewire-dev-producer:live" }
}

run "every_channel_reads_its_own_topic_through_the_alias" {
  command = plan

  assert {
    condition     = keys(aws_lambda_event_source_mapping.consumer) == ["email", "sms", "telegram", "webhook"]
    error_message = "Every channel of scaling needs a mapping."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.consumer["sms"].function_name == "arn:aws:lambda:eu-central-1:123456789012:function:quakewire-dev-consumer-sms:live"
    error_message = "The mapping must point at the alias: a new version would otherwise not be used, or stop polling."
  }

  assert {
    condition = alltrue([for channel, mapping in aws_lambda_event_source_mapping.consumer :
      one(mapping.topics) == "dispatch.${channel}"
      && mapping.self_managed_kafka_event_source_config[0].consumer_group_id == "quakewire-dev-consumer-${channel}"
      && mapping.starting_position == "TRIM_HORIZON"
      && mapping.batch_size == 1
      && mapping.enabled
      && one(mapping.self_managed_event_source).endpoints["KAFKA_BOOTSTRAP_SERVERS"] == "one.example.org:9092,two.example.org:9092"
    ])
    error_message = "Topic, group, start, batch size or brokers of a mapping are not the fixed ones: a change of them replaces it, and replays the topic."
  }
}

run "on_demand_sets_nothing_that_needs_pollers" {
  command = plan

  assert {
    condition = alltrue([for mapping in values(aws_lambda_event_source_mapping.consumer) :
      mapping.bisect_batch_on_function_error == null && mapping.function_response_types == null
      && length(mapping.provisioned_poller_config) == 0 && length(mapping.destination_config) == 0
    ])
    error_message = "AWS refuses retries, bisecting, partial responses and destinations without provisioned pollers."
  }

  assert {
    condition     = length(aws_s3_bucket.failed_batches) == 0
    error_message = "Nobody writes to the bucket of failed batches on demand."
  }
}

run "provisioned_pollers_bring_retries_and_a_place_for_failed_batches" {
  command = plan

  variables {
    scaling = merge(var.scaling, { channels = merge(var.scaling.channels, {
      sms = merge(var.scaling.channels["sms"], { minimum_pollers = 1, maximum_pollers = 2 })
    }) })
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.consumer["sms"].provisioned_poller_config[0].minimum_pollers == 1
      && aws_lambda_event_source_mapping.consumer["sms"].provisioned_poller_config[0].maximum_pollers == 2
      && aws_lambda_event_source_mapping.consumer["sms"].maximum_retry_attempts == 2
      && aws_lambda_event_source_mapping.consumer["sms"].maximum_record_age_in_seconds == 3600
      && aws_lambda_event_source_mapping.consumer["sms"].bisect_batch_on_function_error
      && one(aws_lambda_event_source_mapping.consumer["sms"].function_response_types) == "ReportBatchItemFailures"
      && aws_lambda_event_source_mapping.consumer["sms"].destination_config[0].on_failure[0].destination_arn == "arn:aws:s3:::mock"
    )
    error_message = "With pollers all four safety nets and the destination belong to the mapping."
  }

  assert {
    condition     = contains(flatten(data.aws_iam_policy_document.consumer["sms"].statement[*].actions), "s3:PutObject")
    error_message = "The mapping writes failed batches with the function's role."
  }

  assert {
    condition     = !contains(flatten(data.aws_iam_policy_document.consumer["email"].statement[*].actions), "s3:PutObject")
    error_message = "A channel on demand has no business in the bucket."
  }
}

run "a_disabled_channel_keeps_everything_it_has" {
  command = plan

  variables {
    disabled_channels = ["telegram"]
  }

  assert {
    condition     = !aws_lambda_event_source_mapping.consumer["telegram"].enabled && aws_lambda_event_source_mapping.consumer["sms"].enabled
    error_message = "Only the disabled channel's mapping stops polling."
  }

  assert {
    condition     = contains(keys(module.consumer), "telegram") && contains(keys(aws_sqs_queue.dead_letters), "telegram") && contains(keys(aws_secretsmanager_secret.this), "provider-telegram")
    error_message = "Function, dead letters and secret of a disabled channel stay."
  }
}

run "the_sizing_item_says_what_scaling_decided" {
  command = plan

  assert {
    condition     = jsondecode(aws_dynamodb_table_item.sizing.item).pk.S == "sizing" && jsondecode(aws_dynamodb_table_item.sizing.item).sk.S == "inForce"
    error_message = "Functions look for the key sizing, inForce."
  }

  assert {
    condition = jsondecode(jsondecode(aws_dynamodb_table_item.sizing.item).control.S) == {
      producer = { threads = 1 }
      channels = { for name in ["sms", "email", "telegram", "webhook"] : name => {
        activePartitions = 2, segmentEndpoints = 400, maxWorkersPerSegment = 1, providerRatePerSecond = 500
      } }
    }
    error_message = "The item must hold threads and, by channel, active partitions, segment size, workers and rate."
  }
}

run "a_late_start_of_the_producer_is_dropped_not_repeated" {
  command = plan

  assert {
    condition = (
      aws_scheduler_schedule.producer.schedule_expression == "rate(1 minute)"
      && aws_scheduler_schedule.producer.target[0].arn == "arn:aws:lambda:eu-central-1:123456789012:function:quakewire-dev-producer:live"
      && aws_scheduler_schedule.producer.target[0].retry_policy[0].maximum_retry_attempts == 0
      && aws_scheduler_schedule.producer.target[0].retry_policy[0].maximum_event_age_in_seconds == 60
    )
    error_message = "The scheduler's own default is 185 retries within 24 hours."
  }

  assert {
    condition     = local.scheduled_start == { maximum_retry_attempts = 0, maximum_event_age_in_seconds = 60 }
    error_message = "Lambda's own default for asynchronous starts is 2 retries within 6 hours."
  }
}
