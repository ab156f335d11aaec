# plan: reads what Terraform compares and what scaling observes. Not AWS's ReadOnlyAccess, which may read subscribers.

# How everything is set up: what `terraform plan` refreshes.
data "aws_iam_policy_document" "configuration" {
  statement {
    sid = "ReadSettings"
    actions = [
      "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive", "dynamodb:ListTagsOfResource",
      "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies", "iam:ListRoleTags",
      "lambda:GetAlias", "lambda:GetFunction", "lambda:GetFunctionCodeSigningConfig", "lambda:GetFunctionConcurrency",
      "lambda:GetFunctionConfiguration", "lambda:GetFunctionEventInvokeConfig", "lambda:GetPolicy", "lambda:GetProvisionedConcurrencyConfig",
      "lambda:ListTags", "lambda:ListVersionsByFunction",
      "scheduler:GetSchedule", "scheduler:ListTagsForResource",
      "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy",
      "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags",
    ]
    resources = [
      "arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-*",
      "arn:${local.partition}:iam::${local.account}:role/quakewire/${var.environment}/*",
      "arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-*",
      "arn:${local.partition}:scheduler:${var.region}:${local.account}:schedule/default/${local.prefix}-*",
      "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:${local.prefix}/*",
      "arn:${local.partition}:sqs:${var.region}:${local.account}:${local.prefix}-*",
    ]
  }

  statement {
    sid       = "ReadSettingsOfHttpApis"
    actions   = ["apigateway:GET"]
    resources = ["arn:${local.partition}:apigateway:${var.region}::/apis/*", "arn:${local.partition}:apigateway:${var.region}::/tags/*"]
  }

  statement {
    sid = "ReadSettingsOfMappingsAndAlarms"
    actions = [
      "cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource", "lambda:GetEventSourceMapping", "logs:DescribeLogGroups",
      "logs:ListTagsForResource",
    ]
    resources = [
      "arn:${local.partition}:cloudwatch:${var.region}:${local.account}:alarm:*",
      "arn:${local.partition}:lambda:${var.region}:${local.account}:event-source-mapping:*",
      "arn:${local.partition}:logs:${var.region}:${local.account}:log-group:*",
    ]
  }

  statement {
    sid       = "ReadSettingsOfBuckets"
    actions   = ["s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:GetAccelerateConfiguration", "s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = [for bucket in ["alert-files", "failed-batches"] : "arn:${local.partition}:s3:::${local.prefix}-${bucket}-${local.account}"]
  }

  statement {
    sid       = "ReadSettingsOfDistributions"
    actions   = ["cloudfront:GetDistribution", "cloudfront:GetOriginAccessControl", "cloudfront:ListTagsForResource"]
    resources = ["arn:${local.partition}:cloudfront::${local.account}:distribution/*", "arn:${local.partition}:cloudfront::${local.account}:origin-access-control/*"]
  }

  statement {
    sid       = "SeeThatZipsAreThere"
    actions   = ["s3:GetObject", "s3:GetObjectTagging", "s3:ListBucket"]
    resources = ["arn:${local.partition}:s3:::${local.buckets.artifacts}", "arn:${local.partition}:s3:::${local.buckets.artifacts}/lambda/*"]
  }
}

# States with their locks, the files in force beside them, and plans on their way to the apply.
data "aws_iam_policy_document" "states" {
  statement {
    sid       = "FindStates"
    actions   = ["s3:ListBucket", "s3:ListBucketVersions"]
    resources = ["arn:${local.partition}:s3:::${local.buckets.state}"]
  }

  statement {
    sid       = "ReadStatesAndFilesInForce"
    actions   = ["s3:GetObject", "s3:GetObjectVersion"]
    resources = ["arn:${local.partition}:s3:::${local.buckets.state}/*"]
  }

  statement {
    # A plan without the lock could read a half-applied state. Giving a lock back is deleting its file, and the only thing
    # that `plan` and `scale` may delete; the bucket keeps even that as a version.
    sid       = "TakeAndGiveBackLocks"
    actions   = ["s3:DeleteObject", "s3:PutObject"]
    resources = local.state_locks
  }

  statement {
    # The last sizing is remembered also when nothing is to be applied.
    sid       = "HandOverPlansAndRememberTheSizing"
    actions   = ["s3:PutObject"]
    resources = [for key in ["plans/*", "scaling/sizing.json"] : "arn:${local.partition}:s3:::${local.buckets.state}/${key}"]
  }
}

# What scaling decides from. Of the endpoints only how many there are: never a place, never an address.
data "aws_iam_policy_document" "observation" {
  statement {
    sid       = "ReadSizingFlagsOpenAlertsAndMeasurements"
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = ["arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-dispatch"]

    condition {
      test     = "ForAllValues:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["sizing", "flags", "OPEN#*", "SENT#*"]
    }
  }

  statement {
    sid       = "ReadCounts"
    actions   = ["dynamodb:GetItem"]
    resources = ["arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-map"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = [for channel in ["sms", "email", "telegram", "webhook"] : "M#${channel}"]
    }
  }

  statement {
    sid       = "CountEndpoints"
    actions   = ["dynamodb:Scan"]
    resources = ["arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-endpoints"]

    condition {
      test     = "StringEquals"
      variable = "dynamodb:Select"
      values   = ["SPECIFIC_ATTRIBUTES"]
    }

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:Attributes"
      values   = ["pk", "c", "oo"]
    }
  }

  statement {
    sid     = "ReadAccountLimitsAndMappings"
    actions = ["lambda:GetAccountSettings", "lambda:ListEventSourceMappings", "ses:GetSendQuota"]
    # None of them knows resources.
    resources = ["*"]
  }

  statement {
    sid     = "SayThatTheScalerRan"
    actions = ["cloudwatch:PutMetricData"]
    # Metrics know no resources.
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "cloudwatch:namespace"
      values   = ["quakewire"]
    }
  }
}

locals {
  state_files = ["pipeline.tfstate", "topics.tfstate"]
  state_locks = [for file in local.state_files : "arn:${local.partition}:s3:::${local.buckets.state}/${file}.tflock"]
}
