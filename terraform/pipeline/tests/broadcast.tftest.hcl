# What is said to everybody at once: files that only CloudFront reads and only issuers write, and posts by the bot.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

override_resource {
  target          = aws_secretsmanager_secret.this["provider-telegram"]
  override_during = plan
  values          = { arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:provider-telegram" }
}

override_resource {
  target          = aws_cloudfront_distribution.alert_files
  override_during = plan
  values          = { arn = "arn:aws:cloudfront::123456789012:distribution/MOCK", domain_name = "mock.cloudfront.net" }
}

run "the_files_are_read_by_their_distribution_alone" {
  command = plan

  assert {
    condition = (
      aws_s3_bucket_public_access_block.alert_files.restrict_public_buckets
      && one(data.aws_iam_policy_document.alert_files_readers.statement).actions == toset(["s3:GetObject"])
      && one(one(data.aws_iam_policy_document.alert_files_readers.statement).condition).values == tolist(["arn:aws:cloudfront::123456789012:distribution/MOCK"])
    )
    error_message = "The bucket itself must be closed to everybody but the distribution."
  }

  assert {
    condition     = local.broadcast_environment.ALERT_FILES_URL == "https://mock.cloudfront.net"
    error_message = "Without an address of one's own, the feed names CloudFront's."
  }
}

run "who_issues_alerts_publishes_them_and_reads_no_secret_without_chats" {
  command = plan

  assert {
    condition     = flatten(data.aws_iam_policy_document.broadcast.statement[*].actions) == ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    error_message = "Files are read and written, never deleted; ListBucket tells a missing file from a forbidden one."
  }

  assert {
    condition     = local.broadcast_environment.TELEGRAM_SECRET_ARN == "" && local.broadcast_environment.PUBLIC_CHATS == "{}"
    error_message = "Where nothing is posted, nobody needs the bot."
  }
}

run "posts_are_made_by_the_bot_that_sends" {
  command = plan

  variables {
    broadcast = merge(var.broadcast, { chats = { ro = "@cutremure" } })
  }

  assert {
    condition     = contains(flatten(data.aws_iam_policy_document.broadcast.statement[*].resources), "arn:aws:secretsmanager:eu-central-1:123456789012:secret:provider-telegram")
    error_message = "Who posts signs in as the bot."
  }

  assert {
    condition     = jsondecode(local.broadcast_environment.PUBLIC_CHATS) == { ro = "@cutremure" } && local.broadcast_environment.TELEGRAM_SECRET_ARN != ""
    error_message = "The function must know the chats and the bot's secret."
  }
}

run "without_a_distribution_the_files_have_an_address_of_ones_own" {
  command = plan

  variables {
    broadcast = merge(var.broadcast, { distribution = false, files_url = "https://alerts.example.org" })
  }

  assert {
    condition     = length(aws_cloudfront_distribution.alert_files) == 0 && length(aws_s3_bucket_policy.alert_files) == 0 && local.broadcast_environment.ALERT_FILES_URL == "https://alerts.example.org"
    error_message = "Whoever serves the files otherwise says where."
  }
}

run "what_was_not_published_raises_an_alarm" {
  command = plan

  assert {
    condition     = aws_cloudwatch_metric_alarm.not_broadcast.metric_name == "broadcast.failed" && aws_cloudwatch_metric_alarm.not_broadcast.dimensions == tomap({ environment = "dev", function = "producer" })
    error_message = "The alarm must look where the producer counts."
  }
}

run "a_sender_that_cap_could_not_tell_from_two" {
  command = plan

  variables {
    broadcast = merge(var.broadcast, { sender = "alerts, operations" })
  }

  expect_failures = [var.broadcast]
}

run "a_chat_in_a_language_without_texts" {
  command = plan

  variables {
    broadcast = merge(var.broadcast, { chats = { fr = "@seismes" } })
  }

  expect_failures = [var.broadcast]
}

run "files_without_any_address" {
  command = plan

  variables {
    broadcast = merge(var.broadcast, { distribution = false })
  }

  expect_failures = [var.broadcast]
}
