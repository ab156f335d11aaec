# What a plan must refuse before anything is touched. The inputs of inputs.auto.tfvars.json are all valid.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

run "valid_inputs_are_accepted" {
  command = plan
}

run "more_active_partitions_than_partitions" {
  command = plan

  variables {
    scaling = merge(var.scaling, { channels = merge(var.scaling.channels, {
      sms = merge(var.scaling.channels["sms"], { active_partitions = 6, reserved_concurrency = 11 })
    }) })
  }

  expect_failures = [var.scaling]
}

run "a_reservation_below_the_active_partitions" {
  command = plan

  variables {
    scaling = merge(var.scaling, { channels = merge(var.scaling.channels, {
      sms = merge(var.scaling.channels["sms"], { reserved_concurrency = 1 })
    }) })
  }

  expect_failures = [var.scaling]
}

run "a_minimum_of_pollers_without_a_maximum" {
  command = plan

  variables {
    scaling = merge(var.scaling, { channels = merge(var.scaling.channels, {
      sms = merge(var.scaling.channels["sms"], { minimum_pollers = 1 })
    }) })
  }

  expect_failures = [var.scaling]
}

run "more_threads_than_the_memory_has_processors" {
  command = plan

  variables {
    scaling = merge(var.scaling, { producer = { memory_mb = 512, threads = 2 } })
  }

  expect_failures = [var.scaling]
}

run "reservations_that_leave_the_account_less_than_100" {
  command = plan

  variables {
    # 4 channels x 7, producer 4, segmenter 1, ingest 10: 43 fit into 143, not into 142.
    account_concurrency = 142
  }

  expect_failures = [var.scaling]
}

run "reservations_that_just_fit" {
  command = plan

  variables {
    account_concurrency = 143
  }
}

run "a_small_account_may_reserve_nothing" {
  command = plan

  variables {
    account_concurrency = 10
    reserve_concurrency = false
  }
}

run "a_channel_that_nobody_knows" {
  command = plan

  variables {
    scaling = merge(var.scaling, { channels = merge(var.scaling.channels, { pigeon = var.scaling.channels["sms"] }) })
  }

  expect_failures = [var.scaling]
}

run "a_scaling_file_of_another_version" {
  command = plan

  variables {
    scaling = merge(var.scaling, { schema = 2 })
  }

  expect_failures = [var.scaling]
}

run "a_consumer_that_mappings_of_kafka_refuse" {
  command = plan

  variables {
    consumer_timeout_seconds = 841
  }

  expect_failures = [var.consumer_timeout_seconds]
}

run "a_channel_without_its_zip" {
  command = plan

  variables {
    artifacts = { for name, artifact in var.artifacts : name => artifact if name != "consumer-sms" }
  }

  expect_failures = [var.artifacts]
}

run "prod_without_protection_of_its_tables" {
  command = plan

  variables {
    environment     = "prod"
    protect         = false
    alarm_topic_arn = "arn:aws:sns:eu-central-1:123456789012:people"
  }

  expect_failures = [var.protect]
}

run "prod_without_anybody_to_alarm" {
  command = plan

  variables {
    environment = "prod"
  }

  expect_failures = [var.alarm_topic_arn]
}

run "sms_without_a_sender" {
  command = plan

  variables {
    senders = { email = "alerts@example.org" }
  }

  expect_failures = [var.senders]
}

run "a_feed_that_the_allow_list_does_not_name" {
  command = plan

  variables {
    feeds = merge(var.feeds, { hosts = ["feed.example.org"] })
  }

  expect_failures = [var.feeds]
}

run "a_disabled_channel_that_does_not_exist" {
  command = plan

  variables {
    disabled_channels = ["pigeon"]
  }

  expect_failures = [var.disabled_channels]
}

run "an_address_of_the_stop_page_that_no_text_message_has_room_for" {
  command = plan

  variables {
    stop_base_url = "https://stop.example.org/"
  }

  expect_failures = [var.stop_base_url]
}

run "an_address_of_the_stop_page_that_mail_programs_do_not_post_to" {
  command = plan

  variables {
    stop_base_url = "http://stop.example.or/"
  }

  expect_failures = [var.stop_base_url]
}

run "a_configuration_set_that_ses_could_not_have_named" {
  command = plan

  variables {
    ses_configuration_set = "receipts of alerts"
  }

  expect_failures = [var.ses_configuration_set]
}
