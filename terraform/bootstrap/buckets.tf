data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  # Bucket names are shared by everybody on AWS: the account makes them ours.
  buckets = { for purpose in ["state", "artifacts"] : purpose => "${local.prefix}-${purpose}-${local.account}" }
}

# state: Terraform's states, their lock files, the files in force, and plans between their review and their apply. artifacts:
# the zips by digest. All but the plans is kept for ever, so that every tagged snapshot can be rolled back to.
resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV2_AWS_61:States and zips may not expire: a rollback needs every older one. Plans do, below.
  for_each = local.buckets

  bucket = each.value

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

# A plan holds every input in clear, and is of no use an hour later.
resource "aws_s3_bucket_lifecycle_configuration" "plans" {
  count = var.delivery == null ? 0 : 1

  bucket = aws_s3_bucket.this["state"].id

  rule {
    id     = "forget-plans-after-a-week"
    status = "Enabled"

    filter {
      prefix = "plans/"
    }

    expiration {
      days = 7
    }

    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }

  rule {
    id     = "end-broken-uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = local.buckets

  bucket                  = aws_s3_bucket.this[each.key].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "tls_only" {
  for_each = local.buckets

  statement {
    sid    = "RefusePlainHttp"
    effect = "Deny"
    # Every action and caller is meant: whatever is asked for without TLS is refused.
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.this[each.key].arn, "${aws_s3_bucket.this[each.key].arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_s3_bucket_policy" "tls_only" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id
  policy = data.aws_iam_policy_document.tls_only[each.key].json

  # Two changes of a bucket's access at once are refused by S3.
  depends_on = [aws_s3_bucket_public_access_block.this]
}
