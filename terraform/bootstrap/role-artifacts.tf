# artifacts: puts zips under their digest. S3 refuses nothing that is already there, but versions keep it, and every plan
# compares the digest.
data "aws_iam_policy_document" "artifacts" {
  statement {
    sid       = "PutZips"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["arn:${local.partition}:s3:::${local.buckets.artifacts}/lambda/*"]
  }

  statement {
    # Without it S3 says "forbidden" instead of "not there".
    sid       = "SeeWhatIsMissing"
    actions   = ["s3:ListBucket"]
    resources = ["arn:${local.partition}:s3:::${local.buckets.artifacts}"]
  }
}
