data "aws_iam_policy_document" "segmenter" {
  statement {
    sid       = "ReadEndpoints"
    actions   = ["dynamodb:Query"]
    resources = [aws_dynamodb_table.this["endpoints"].arn]
  }

  statement {
    sid       = "PublishSegmentMap"
    actions   = ["dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.this["map"].arn]
  }

  statement {
    sid       = "ReadSizing"
    actions   = ["dynamodb:GetItem"]
    resources = [aws_dynamodb_table.this["dispatch"].arn]
  }
}

module "segmenter" {
  source = "../modules/lambda-function"

  environment              = var.environment
  name                     = "segmenter"
  artifact                 = var.artifacts["segmenter"]
  memory_mb                = 1769
  timeout_seconds          = 900
  reserved_concurrency     = var.reserve_concurrency ? local.segmenter_reserved_concurrency : -1
  architecture             = var.architecture
  asynchronous_invocation  = local.scheduled_start
  log_retention_days       = var.log_retention_days
  permissions_boundary_arn = var.permissions_boundary_arn
  policy_json              = data.aws_iam_policy_document.segmenter.json

  environment_variables = merge(local.common_environment, {
    ENDPOINTS_TABLE = aws_dynamodb_table.this["endpoints"].name
    MAP_TABLE       = aws_dynamodb_table.this["map"].name
    DISPATCH_TABLE  = aws_dynamodb_table.this["dispatch"].name
    CHANNELS        = join(",", keys(local.channels))
  })
}

resource "aws_scheduler_schedule" "segmenter" {
  name                = "${local.prefix}-segmenter"
  description         = "Cuts the segment map anew when endpoints or the sizing have changed."
  schedule_expression = "rate(5 minutes)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = module.segmenter.alias_arn
    role_arn = aws_iam_role.schedule.arn

    retry_policy {
      maximum_retry_attempts       = local.scheduled_start.maximum_retry_attempts
      maximum_event_age_in_seconds = local.scheduled_start.maximum_event_age_in_seconds
    }
  }

  depends_on = [aws_dynamodb_table_item.sizing]
}
