# scale: what `plan` may, and the few attributes that scaling changes. It cannot delete anything, bring code or touch a role:
# the second guard, should the plan guard ever let something through.
data "aws_iam_policy_document" "scale" {
  statement {
    sid       = "ChangeCapacityOfConsumers"
    actions   = ["lambda:PutFunctionConcurrency", "lambda:PutProvisionedConcurrencyConfig"]
    resources = ["arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-consumer-*"]
  }

  statement {
    # Memory publishes a version of the same code and moves the alias to it.
    sid       = "ChangeMemory"
    actions   = ["lambda:PublishVersion", "lambda:UpdateAlias", "lambda:UpdateFunctionConfiguration"]
    resources = ["arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-*"]
  }

  statement {
    sid       = "ChangePollers"
    actions   = ["lambda:UpdateEventSourceMapping"]
    resources = ["arn:${local.partition}:lambda:${var.region}:${local.account}:event-source-mapping:*"]

    condition {
      test     = "ArnLike"
      variable = "lambda:FunctionArn"
      values   = ["arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-consumer-*"]
    }
  }

  statement {
    sid       = "ChangeSizingInForce"
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = ["arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-dispatch"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["sizing", "flags"]
    }
  }

  statement {
    sid       = "KeepStatesAndFilesInForce"
    actions   = ["s3:PutObject"]
    resources = local.kept_beside_states
  }

  statement {
    # The check after the apply: a heartbeat, by which nobody is told, and an exercise, by which the test endpoints are. The
    # producer can be asked for nothing else.
    sid     = "StartConsumersAndTellTestEndpoints"
    actions = ["lambda:InvokeFunction"]
    resources = [
      "arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-consumer-*:live",
      "arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-producer:live",
    ]
  }
}

locals {
  kept_beside_states = [for file in concat(local.state_files, ["scaling/*"]) : "arn:${local.partition}:s3:::${local.buckets.state}/${file}"]
}
