# deploy: makes and changes what terraform/pipeline describes, within this environment's names. Deployments and rollbacks take
# it after a person approved; tables, queues, secrets and functions it cannot delete either (boundaries.tf).
data "aws_iam_policy_document" "deploy" {
  statement {
    sid = "MakeAndChange"
    actions = [
      "dynamodb:CreateTable", "dynamodb:TagResource", "dynamodb:UntagResource", "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable",
      "dynamodb:UpdateTimeToLive",
      "lambda:AddPermission", "lambda:CreateAlias", "lambda:CreateFunction", "lambda:DeleteFunctionConcurrency", "lambda:DeleteProvisionedConcurrencyConfig",
      "lambda:PublishVersion", "lambda:PutFunctionConcurrency", "lambda:PutFunctionEventInvokeConfig", "lambda:PutProvisionedConcurrencyConfig",
      "lambda:TagResource", "lambda:UntagResource", "lambda:UpdateAlias", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration",
      "lambda:UpdateFunctionEventInvokeConfig",
      "logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource",
      "cloudwatch:DeleteAlarms", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource",
      "scheduler:CreateSchedule", "scheduler:UpdateSchedule",
      "secretsmanager:CreateSecret", "secretsmanager:TagResource", "secretsmanager:UntagResource", "secretsmanager:UpdateSecret",
      "sqs:CreateQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue",
    ]
    resources = [
      "arn:${local.partition}:cloudwatch:${var.region}:${local.account}:alarm:${local.prefix}-*",
      "arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-*",
      "arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-*",
      "arn:${local.partition}:logs:${var.region}:${local.account}:log-group:/aws/lambda/${local.prefix}-*",
      "arn:${local.partition}:scheduler:${var.region}:${local.account}:schedule/default/${local.prefix}-*",
      "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:${local.prefix}/*",
      "arn:${local.partition}:sqs:${var.region}:${local.account}:${local.prefix}-*",
    ]
  }

  statement {
    # APIs have no names of ours, only ids that AWS gives.
    sid       = "MakeAndChangeHttpApis"
    actions   = ["apigateway:PATCH", "apigateway:POST", "apigateway:PUT", "apigateway:TagResource"]
    resources = ["arn:${local.partition}:apigateway:${var.region}::/apis", "arn:${local.partition}:apigateway:${var.region}::/apis/*", "arn:${local.partition}:apigateway:${var.region}::/tags/*"]
  }

  statement {
    sid       = "MakeAndChangeMappings"
    actions   = ["lambda:CreateEventSourceMapping", "lambda:UpdateEventSourceMapping"]
    resources = ["*"]

    condition {
      test     = "ArnLike"
      variable = "lambda:FunctionArn"
      values   = ["arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-consumer-*"]
    }
  }

  statement {
    sid       = "WriteSizingAndFlags"
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = ["arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-dispatch"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["sizing", "flags"]
    }
  }

  statement {
    sid       = "MakeBoundedRoles"
    actions   = ["iam:CreateRole", "iam:PutRolePolicy"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/quakewire/${var.environment}/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = ["arn:${local.partition}:iam::${local.account}:policy/quakewire-delivery/${var.environment}/${local.prefix}-functions-boundary"]
    }
  }

  statement {
    sid       = "ChangeTrustAndTagsOfRoles"
    actions   = ["iam:DeleteRolePolicy", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/quakewire/${var.environment}/*"]
  }

  statement {
    sid       = "GiveRolesToFunctionsAndSchedules"
    actions   = ["iam:PassRole"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/quakewire/${var.environment}/*"]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["lambda.amazonaws.com", "scheduler.amazonaws.com"]
    }
  }

  statement {
    sid = "MakeTheBucketOfFailedBatches"
    actions = [
      "s3:CreateBucket", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
    ]
    resources = ["arn:${local.partition}:s3:::${local.prefix}-failed-batches-${local.account}"]
  }

  statement {
    # Its policy lets the distribution read.
    sid = "MakeTheBucketOfAlertFiles"
    actions = [
      "s3:CreateBucket", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketTagging", "s3:PutEncryptionConfiguration",
    ]
    resources = ["arn:${local.partition}:s3:::${local.prefix}-alert-files-${local.account}"]
  }

  statement {
    # Distributions have no names of ours, only ids that AWS gives.
    sid = "MakeAndChangeDistributions"
    actions = [
      "cloudfront:CreateDistribution", "cloudfront:CreateOriginAccessControl", "cloudfront:TagResource", "cloudfront:UntagResource",
      "cloudfront:UpdateDistribution", "cloudfront:UpdateOriginAccessControl",
    ]
    resources = ["arn:${local.partition}:cloudfront::${local.account}:distribution/*", "arn:${local.partition}:cloudfront::${local.account}:origin-access-control/*"]
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
