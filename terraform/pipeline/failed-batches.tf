# Where Lambda leaves what a consumer could not take in at all, with the record itself (queues would get its place only).
# Made only where a channel has provisioned pollers: AWS offers this destination with them alone.
resource "aws_s3_bucket" "failed_batches" {
  #checkov:skip=CKV_AWS_21:Every object is written once, under a name of its own, and forgotten after two weeks.
  count = length(local.provisioned_channels) > 0 ? 1 : 0

  bucket = "${local.prefix}-failed-batches-${data.aws_caller_identity.current.account_id}"
}

resource "aws_s3_bucket_public_access_block" "failed_batches" {
  count = length(aws_s3_bucket.failed_batches)

  bucket                  = aws_s3_bucket.failed_batches[count.index].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "failed_batches" {
  count = length(aws_s3_bucket.failed_batches)

  bucket = aws_s3_bucket.failed_batches[count.index].id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "failed_batches" {
  count = length(aws_s3_bucket.failed_batches)

  bucket = aws_s3_bucket.failed_batches[count.index].id

  rule {
    id     = "forget-after-two-weeks"
    status = "Enabled"

    filter {}

    expiration {
      days = 14
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}
