data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  prefix   = "quakewire-${var.environment}"
  channels = var.scaling.channels

  # One leader, one standby, and one start that overlaps both: a schedule fires at least once and up to 2 minutes apart. One
  # more tells the test endpoints after an apply, and must not take the place of any of them.
  producer_reserved_concurrency = 4
  # Two segmenters at once would only publish the same map twice.
  segmenter_reserved_concurrency = 1
  # An institute posts one after the other; some more for several institutes and for what is refused.
  ingest_reserved_concurrency = 10

  common_environment = {
    QUAKEWIRE_ENVIRONMENT = var.environment
    LOG_LEVEL             = var.log_level
  }

  # Schedules fire again anyway: a start that failed or waited is stale, and retries would arrive in bursts.
  scheduled_start = { maximum_retry_attempts = 0, maximum_event_age_in_seconds = 60 }
}
