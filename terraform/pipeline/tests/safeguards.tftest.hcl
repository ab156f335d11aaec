# Least privilege, protection of data, and alarms that reach somebody.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

# Secrets and queues of two channels get ARNs of their own, so that a policy that mixes them up is seen.
override_resource {
  target          = aws_secretsmanager_secret.this["provider-sms"]
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:provider-sms" }
}

override_resource {
  target          = aws_secretsmanager_secret.this["provider-email"]
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:provider-email" }
}

override_resource {
  target          = aws_secretsmanager_secret.this["kafka-producer"]
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:kafka-producer" }
}

override_resource {
  target          = aws_sqs_queue.dead_letters["sms"]
  override_during = plan
  values          = { arn = "arn:aws:sqs:eu-central-1:123456789012:sms" }
}

run "a_consumer_reads_no_other_channels_secret_and_not_the_producers" {
  command = plan

  assert {
    condition = alltrue([for channel, document in data.aws_iam_policy_document.consumer :
      alltrue([for resource in flatten(document.statement[*].resources) : (
        (!endswith(resource, ":secret:provider-sms") || channel == "sms")
        && (!endswith(resource, ":secret:provider-email") || channel == "email")
        && (!endswith(resource, ":sqs:eu-central-1:123456789012:sms") || channel == "sms")
        && !endswith(resource, ":secret:kafka-producer")
      )])
    ])
    error_message = "A consumer's role names a secret or queue that is not its own."
  }

  assert {
    condition     = contains(flatten(data.aws_iam_policy_document.consumer["sms"].statement[*].resources), "arn:aws:secretsmanager:eu-central-1:123456789012:secret:provider-sms")
    error_message = "A consumer needs its own provider's secret."
  }
}

run "a_feed_that_is_silent_or_stale_raises_an_alarm_also_where_nothing_is_reported" {
  command = plan

  assert {
    condition = toset(values(aws_cloudwatch_metric_alarm.feeds)[*].metric_name) == toset([
      "emsc.silence", "emsc.bulletinAge", "usgs.silence", "usgs.bulletinAge",
    ])
    error_message = "Each feed needs an alarm for its silence and one for the age of its newest bulletin."
  }

  assert {
    condition     = alltrue([for alarm in values(aws_cloudwatch_metric_alarm.feeds) : alarm.treat_missing_data == "breaching"])
    error_message = "A feed that nobody reports on must alarm as well."
  }
}

run "infp_has_an_alarm_where_it_is_listened_to" {
  command = plan

  variables {
    feeds = merge(var.feeds, { infp_stream_url = "https://feed.example.org/stream" })
  }

  assert {
    condition     = contains(values(aws_cloudwatch_metric_alarm.feeds)[*].metric_name, "infp.silence")
    error_message = "A source that is listened to needs an alarm for its silence."
  }
}

run "only_the_email_consumer_may_send_email_and_only_as_the_sender" {
  command = plan

  assert {
    condition = alltrue([for channel, document in data.aws_iam_policy_document.consumer :
      contains(flatten(document.statement[*].actions), "ses:SendRawEmail") == (channel == "email")
    ])
    error_message = "ses:SendRawEmail belongs to the e-mail consumer alone."
  }

  assert {
    condition = [for statement in data.aws_iam_policy_document.consumer["email"].statement : statement if statement.sid == "SendAsOurselves"][0].resources == toset([
      "arn:aws:ses:eu-central-1:123456789012:identity/alerts@example.org",
      "arn:aws:ses:eu-central-1:123456789012:identity/example.org",
    ])
    error_message = "E-mail is sent by the sender's own identity, address or domain."
  }

  assert {
    condition     = one([for statement in data.aws_iam_policy_document.consumer["email"].statement : statement if statement.sid == "SendAsOurselves"][0].condition).values == tolist(["alerts@example.org"])
    error_message = "The from address must be the sender's."
  }
}

run "a_configuration_set_is_allowed_to_the_function_that_names_it" {
  command = plan

  variables {
    ses_configuration_set = "receipts"
  }

  assert {
    condition = anytrue([for resource in flatten(data.aws_iam_policy_document.consumer["email"].statement[*].resources) :
      endswith(resource, ":configuration-set/receipts")
    ])
    error_message = "SES asks for the set as well as for the identity when a message names one."
  }
}

run "no_role_has_a_wildcard" {
  command = plan

  assert {
    condition = alltrue([for statement in concat(
      data.aws_iam_policy_document.producer.statement,
      data.aws_iam_policy_document.segmenter.statement,
      data.aws_iam_policy_document.ingest.statement,
      data.aws_iam_policy_document.schedule.statement,
      flatten([for document in values(data.aws_iam_policy_document.consumer) : document.statement]),
      ) :
      alltrue([for action in statement.actions : !strcontains(action, "*")]) && !contains(statement.resources, "*")
    ])
    error_message = "Actions are listed one by one, resources by their ARN."
  }
}

run "the_schedule_may_start_the_two_functions_of_this_account_only" {
  command = plan

  assert {
    condition     = one(data.aws_iam_policy_document.schedule.statement).actions == toset(["lambda:InvokeFunction"])
    error_message = "The schedule's role starts functions, nothing else."
  }

  assert {
    condition     = one(one(data.aws_iam_policy_document.schedule_trust.statement).condition).values == tolist(["123456789012"])
    error_message = "Schedules of other accounts must not take the role."
  }
}

run "tables_are_protected_unless_told_otherwise" {
  command = plan

  assert {
    condition     = keys(aws_dynamodb_table.this) == ["consents", "dispatch", "earthquakes", "endpoints", "ledger", "map"]
    error_message = "A table is missing or left over."
  }

  assert {
    condition     = alltrue([for table in values(aws_dynamodb_table.this) : table.deletion_protection_enabled && table.point_in_time_recovery[0].enabled && table.billing_mode == "PAY_PER_REQUEST"])
    error_message = "Tables need deletion protection, point-in-time recovery and on-demand capacity."
  }

  assert {
    condition     = sort([for name, table in aws_dynamodb_table.this : name if length(table.ttl) > 0]) == tolist(["dispatch", "earthquakes", "ledger", "map"])
    error_message = "Subscribers and their consents never end by themselves; the others' items do."
  }
}

run "in_prod_every_alarm_reaches_somebody" {
  command = plan

  variables {
    environment     = "prod"
    alarm_topic_arn = "arn:aws:sns:eu-central-1:123456789012:people"
  }

  assert {
    condition = alltrue([for alarm in concat(
      [aws_cloudwatch_metric_alarm.producer_silent],
      values(aws_cloudwatch_metric_alarm.feeds),
      [aws_cloudwatch_metric_alarm.alert_policy_refused],
      values(aws_cloudwatch_metric_alarm.errors),
      values(aws_cloudwatch_metric_alarm.ingest),
      values(aws_cloudwatch_metric_alarm.throttles),
      values(aws_cloudwatch_metric_alarm.dead_letters),
    ) : contains(alarm.alarm_actions, "arn:aws:sns:eu-central-1:123456789012:people")])
    error_message = "An alarm without an action wakes nobody."
  }

  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.errors) == ["consumer-email", "consumer-sms", "consumer-telegram", "consumer-webhook", "ingest", "producer", "segmenter"]
    error_message = "Every function needs its alarm."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.producer_silent.treat_missing_data == "breaching"
    error_message = "A producer that is never started gives no data: that must alarm."
  }
}

run "a_scaler_that_falls_silent_raises_an_alarm_outside_of_github" {
  command = plan

  variables {
    scheduled_scaling = true
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.scaler_silent[0].treat_missing_data == "breaching"
      && aws_cloudwatch_metric_alarm.scaler_silent[0].metric_name == "ScalerRun"
      && aws_cloudwatch_metric_alarm.scaler_silent[0].namespace == "quakewire"
      && aws_cloudwatch_metric_alarm.scaler_silent[0].dimensions == tomap({ environment = var.environment })
    )
    error_message = "Missing data of the scaler's heartbeat must breach."
  }

  assert {
    # CloudWatch takes at most seven days where a period is an hour or more.
    condition     = aws_cloudwatch_metric_alarm.scaler_silent[0].period * aws_cloudwatch_metric_alarm.scaler_silent[0].evaluation_periods <= 86400
    error_message = "Three missed hours are the alarm, not a day."
  }
}

run "without_a_schedule_nobody_waits_for_the_scaler" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.scaler_silent) == 0
    error_message = "An environment that nothing scales must not alarm for ever."
  }
}
