locals {
  alarm_actions = var.alarm_topic_arn == null ? [] : [var.alarm_topic_arn]
  functions = merge(
    { producer = module.producer.function_name, segmenter = module.segmenter.function_name, ingest = module.ingest.function_name },
    { for channel, consumer in module.consumer : "consumer-${channel}" => consumer.function_name },
  )
}

resource "aws_cloudwatch_metric_alarm" "producer_silent" {
  alarm_name          = "${local.prefix}-producer-silent"
  alarm_description   = "No producer was started for 5 minutes: nobody listens to the feeds once the last one ends. Look at the schedule and the account's concurrency."
  namespace           = "AWS/Lambda"
  metric_name         = "Invocations"
  dimensions          = { FunctionName = module.producer.function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  # No invocation means no data: that is the alarm itself.
  treat_missing_data = "breaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
}

# Two ways for a feed to fail unseen: it does not answer, or it answers with what it had long ago.
locals {
  feed_alarms = merge(
    {
      for source in concat(["emsc", "usgs"], var.feeds.infp_stream_url == "" ? [] : ["infp"]) : "${source}-silent" => {
        metric      = "${source}.silence"
        limit_ms    = 5 * 60 * 1000
        period      = 300
        description = "The feed ${source} has not answered for 5 minutes. Look at the producer's log and the institute's site; the other feeds go on."
      }
    },
    {
      for source in ["emsc", "usgs"] : "${source}-stale" => {
        metric      = "${source}.bulletinAge"
        limit_ms    = 2 * 3600 * 1000
        period      = 900
        description = "The feed ${source} answers, but its newest bulletin is 2 hours old: somewhere on Earth there were earthquakes since. It has stopped, or serves an old copy."
      }
    },
  )
}

resource "aws_cloudwatch_metric_alarm" "feeds" {
  for_each = local.feed_alarms

  alarm_name          = "${local.prefix}-feed-${each.key}"
  alarm_description   = each.value.description
  namespace           = "quakewire"
  metric_name         = each.value.metric
  dimensions          = { environment = var.environment, function = "producer" }
  statistic           = "Minimum"
  period              = each.value.period
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.limit_ms
  # The leader reports each minute: no report is no better than a bad one.
  treat_missing_data = "breaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "alert_policy_refused" {
  alarm_name          = "${local.prefix}-alert-policy-refused"
  alarm_description   = "A version of the alert policy is refused, or there is none: the last good one is in force. The producer's log names the fields; put a corrected version."
  namespace           = "quakewire"
  metric_name         = "alertPolicy.refused"
  dimensions          = { environment = var.environment, function = "producer" }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = local.functions

  alarm_name          = "${local.prefix}-${each.key}-errors"
  alarm_description   = "${each.value} ended with an error or a time-out. Functions settle what belongs to the business themselves, so each one is a fault: read its log."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = each.value }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  for_each = module.consumer

  alarm_name          = "${local.prefix}-consumer-${each.key}-throttled"
  alarm_description   = "${each.value.function_name} was refused starts for 3 minutes: its reserved concurrency, or the account's, is too small for the active partitions."
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  dimensions          = { FunctionName = each.value.function_name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = aws_sqs_queue.dead_letters

  alarm_name          = "${local.prefix}-dead-letters-${each.key}"
  alarm_description   = "Wake-ups or notifications of ${each.key} lie in ${each.value.name}: read why, mend it, replay them."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}

resource "aws_cloudwatch_metric_alarm" "scaler_silent" {
  count = var.scheduled_scaling ? 1 : 0

  alarm_name          = "${local.prefix}-scaler-silent"
  alarm_description   = "No run of the workflow `scale` came to its end for 3 hours: GitHub dropped or switched off its schedule, or it fails. Alerts go out all the same; capacity stays as it is."
  namespace           = "quakewire"
  metric_name         = "ScalerRun"
  dimensions          = { environment = var.environment }
  statistic           = "SampleCount"
  period              = 3600
  evaluation_periods  = 3
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  # A run that did not happen puts no data: that is the alarm itself.
  treat_missing_data = "breaching"
  alarm_actions      = local.alarm_actions
  ok_actions         = local.alarm_actions
}
