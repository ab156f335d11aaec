# A boundary gives nothing: it is what a role can have at most, whatever a later policy of its own says.

# For the four roles of delivery: never the people's data, never the protections, never their own limits.
data "aws_iam_policy_document" "delivery_boundary" {
  #checkov:skip=CKV_AWS_107:A boundary gives nothing; the roles' own documents name their actions.
  #checkov:skip=CKV_AWS_108:The same.
  #checkov:skip=CKV_AWS_109:The same.
  #checkov:skip=CKV_AWS_110:The same.
  #checkov:skip=CKV_AWS_111:The same.
  #checkov:skip=CKV_AWS_356:The same.
  statement {
    sid = "ServicesOfThePipeline"
    actions = [
      "apigateway:*", "cloudfront:*", "cloudwatch:*", "dynamodb:*", "iam:*", "kms:Decrypt", "kms:GenerateDataKey", "lambda:*", "logs:*", "s3:*", "scheduler:*",
      "secretsmanager:*", "ses:GetSendQuota", "sqs:*", "sts:GetCallerIdentity",
    ]
    resources = ["*"]
  }

  statement {
    sid    = "NoSecretsAndNoLogs"
    effect = "Deny"
    actions = [
      "logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:GetQueryResults", "logs:StartLiveTail", "logs:StartQuery",
      "secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue", "sqs:ReceiveMessage",
    ]
    resources = ["*"]
  }

  statement {
    sid    = "NoPeople"
    effect = "Deny"
    actions = [
      "dynamodb:BatchGetItem", "dynamodb:ExportTableToPointInTime", "dynamodb:GetItem", "dynamodb:PartiQL*", "dynamodb:Query", "dynamodb:Scan",
      "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem",
    ]
    resources = [for table in ["ledger", "consents", "earthquakes"] : "arn:${local.partition}:dynamodb:*:${local.account}:table/${local.prefix}-${table}"]
  }

  statement {
    sid    = "NothingThatCannotComeBack"
    effect = "Deny"
    actions = [
      "apigateway:DELETE", "cloudfront:DeleteDistribution", "dynamodb:DeleteBackup", "dynamodb:DeleteTable", "lambda:DeleteFunction", "s3:BypassGovernanceRetention", "s3:DeleteBucket",
      "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion", "secretsmanager:DeleteSecret", "sqs:DeleteQueue", "sqs:PurgeQueue",
    ]
    resources = ["*"]
  }

  statement {
    sid    = "NotItsOwnLimits"
    effect = "Deny"
    actions = [
      "iam:Add*", "iam:Attach*", "iam:Create*", "iam:Delete*", "iam:Detach*", "iam:Put*", "iam:Remove*", "iam:Set*", "iam:Tag*", "iam:Untag*",
      "iam:Update*", "iam:Upload*",
    ]
    not_resources = ["arn:${local.partition}:iam::${local.account}:role/quakewire/${var.environment}/*"]
  }

  statement {
    sid    = "NotTheBucketsOfDelivery"
    effect = "Deny"
    actions = [
      "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock", "s3:PutBucketVersioning", "s3:PutEncryptionConfiguration", "s3:PutBucketAcl",
      "s3:PutLifecycleConfiguration",
    ]
    resources = [for name in values(local.buckets) : "arn:${local.partition}:s3:::${name}"]
  }
}

resource "aws_iam_policy" "delivery_boundary" {
  count = var.delivery == null ? 0 : 1

  name        = "${local.prefix}-delivery-boundary"
  path        = "/quakewire-delivery/${var.environment}/"
  description = "The most that a role of delivery can have."
  policy      = data.aws_iam_policy_document.delivery_boundary.json
}

# For the roles of the functions, which the role `deploy` makes: what code may do at most.
data "aws_iam_policy_document" "functions_boundary" {
  #checkov:skip=CKV_AWS_108:A boundary gives nothing; each function's own document names its resources.
  #checkov:skip=CKV_AWS_111:The same.
  #checkov:skip=CKV_AWS_356:The same.
  statement {
    sid = "DataOfThisEnvironment"
    actions = [
      "dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
      "dynamodb:UpdateItem",
      "lambda:InvokeFunction", "logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue", "sqs:SendMessage",
    ]
    resources = [
      "arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-*",
      "arn:${local.partition}:lambda:${var.region}:${local.account}:function:${local.prefix}-*",
      "arn:${local.partition}:logs:${var.region}:${local.account}:log-group:/aws/lambda/${local.prefix}-*",
      "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:${local.prefix}/*",
      "arn:${local.partition}:sqs:${var.region}:${local.account}:${local.prefix}-*",
    ]
  }

  statement {
    sid       = "FailedBatches"
    actions   = ["s3:ListBucket", "s3:PutObject"]
    resources = ["arn:${local.partition}:s3:::${local.prefix}-failed-batches-${local.account}", "arn:${local.partition}:s3:::${local.prefix}-failed-batches-${local.account}/*"]
  }

  statement {
    sid       = "AlertFiles"
    actions   = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources = ["arn:${local.partition}:s3:::${local.prefix}-alert-files-${local.account}", "arn:${local.partition}:s3:::${local.prefix}-alert-files-${local.account}/*"]
  }

  statement {
    sid       = "SendEmail"
    actions   = ["ses:SendRawEmail"]
    resources = ["arn:${local.partition}:ses:${var.region}:${local.account}:*"]
  }

  statement {
    # Below these keys lies who asked for an alert by hand, and who agreed (see operators.tf).
    sid       = "NobodysName"
    effect    = "Deny"
    actions   = ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = ["*"]

    condition {
      test     = "ForAnyValue:StringLike"
      variable = "dynamodb:LeadingKeys"
      values   = ["OPERATOR#*"]
    }
  }
}

resource "aws_iam_policy" "functions_boundary" {
  count = var.delivery == null ? 0 : 1

  name        = "${local.prefix}-functions-boundary"
  path        = "/quakewire-delivery/${var.environment}/"
  description = "The most that the role of a function can have."
  policy      = data.aws_iam_policy_document.functions_boundary.json
}
