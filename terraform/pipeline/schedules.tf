data "aws_iam_policy_document" "schedule_trust" {
  statement {
    sid     = "SchedulerOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

data "aws_iam_policy_document" "schedule" {
  statement {
    sid       = "StartScheduledFunctions"
    actions   = ["lambda:InvokeFunction"]
    resources = [module.producer.alias_arn, module.segmenter.alias_arn]
  }
}

resource "aws_iam_role" "schedule" {
  name                 = "${local.prefix}-schedule"
  path                 = "/quakewire/${var.environment}/"
  assume_role_policy   = data.aws_iam_policy_document.schedule_trust.json
  permissions_boundary = var.permissions_boundary_arn
}

resource "aws_iam_role_policy" "schedule" {
  name   = "schedule"
  role   = aws_iam_role.schedule.id
  policy = data.aws_iam_policy_document.schedule.json
}
