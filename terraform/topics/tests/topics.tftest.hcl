mock_provider "kafka" {}

variables {
  kafka_bootstrap_servers = ["broker.example.org:9092"]
  scaling = {
    schema   = 1
    channels = { sms = { partitions = 5 }, email = { partitions = 2 } }
  }
}

run "every_channel_has_its_topic" {
  command = plan

  assert {
    condition     = [for topic in values(kafka_topic.dispatch) : "${topic.name} ${topic.partitions}"] == ["dispatch.email 2", "dispatch.sms 5"]
    error_message = "Topics are called dispatch.<channel> and have the partitions that scaling decided."
  }

  assert {
    condition     = alltrue([for topic in values(kafka_topic.dispatch) : topic.replication_factor == 3 && topic.config["retention.ms"] == "21600000" && topic.config["cleanup.policy"] == "delete"])
    error_message = "Wake-ups are kept for 6 hours at most, on three brokers."
  }
}

run "as_many_partitions_as_live_are_kept" {
  command = plan

  variables {
    live_partitions = { sms = 5 }
  }
}

run "partitions_never_shrink" {
  command = plan

  variables {
    live_partitions = { sms = 6 }
  }

  expect_failures = [kafka_topic.dispatch["sms"]]
}

run "wake_ups_are_not_kept_for_a_day" {
  command = plan

  variables {
    retention_ms = 86400000
  }

  expect_failures = [var.retention_ms]
}

run "a_broker_without_a_port" {
  command = plan

  variables {
    kafka_bootstrap_servers = ["broker.example.org"]
  }

  expect_failures = [var.kafka_bootstrap_servers]
}

run "a_scaling_file_of_another_version" {
  command = plan

  variables {
    scaling = { schema = 2, channels = { sms = { partitions = 5 } } }
  }

  expect_failures = [var.scaling]
}
