# What is said to everybody at once: CAP files with their Atom feed, for other institutions and their gateways, and posts to
# public chats. Whoever issues alerts writes it beside them.
locals {
  alert_files_url = coalesce(var.broadcast.files_url, try("https://${aws_cloudfront_distribution.alert_files[0].domain_name}", "none"))

  broadcast_environment = {
    ALERT_FILES_BUCKET  = aws_s3_bucket.alert_files.bucket
    ALERT_FILES_URL     = local.alert_files_url
    CAP_SENDER          = var.broadcast.sender
    CAP_SENDER_NAME     = var.broadcast.sender_name
    PUBLIC_CHATS        = jsonencode(var.broadcast.chats)
    TELEGRAM_SECRET_ARN = length(var.broadcast.chats) > 0 ? aws_secretsmanager_secret.this["provider-telegram"].arn : ""
    TELEGRAM_BASE_URL   = lookup(var.provider_base_urls, "telegram", "")
  }
}

data "aws_iam_policy_document" "broadcast" {
  statement {
    # A replacement names the version that it saw (GetObject). Without ListBucket, S3 answers 403 where there is no file yet.
    sid       = "PublishAlertFiles"
    actions   = ["s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources = [aws_s3_bucket.alert_files.arn, "${aws_s3_bucket.alert_files.arn}/*"]
  }

  dynamic "statement" {
    for_each = length(var.broadcast.chats) > 0 ? ["provider-telegram"] : []

    content {
      sid       = "PostByTheBot"
      actions   = ["secretsmanager:GetSecretValue"]
      resources = [aws_secretsmanager_secret.this[statement.value].arn]
    }
  }
}

resource "aws_s3_bucket" "alert_files" {
  #checkov:skip=CKV_AWS_21:A message is written once under a name of its own; the feed is made anew from its list.
  #checkov:skip=CKV2_AWS_61:What was said to the public stays.
  bucket = "${local.prefix}-alert-files-${data.aws_caller_identity.current.account_id}"

  lifecycle {
    prevent_destroy = true
  }
}

# Readers come by CloudFront alone.
resource "aws_s3_bucket_public_access_block" "alert_files" {
  bucket                  = aws_s3_bucket.alert_files.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "alert_files" {
  bucket = aws_s3_bucket.alert_files.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

data "aws_iam_policy_document" "alert_files_readers" {
  statement {
    sid       = "OwnDistributionOnly"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.alert_files.arn}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudfront.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = aws_cloudfront_distribution.alert_files[*].arn
    }
  }
}

resource "aws_s3_bucket_policy" "alert_files" {
  count = length(aws_cloudfront_distribution.alert_files)

  bucket = aws_s3_bucket.alert_files.id
  policy = data.aws_iam_policy_document.alert_files_readers.json
}

resource "aws_cloudfront_origin_access_control" "alert_files" {
  count = var.broadcast.distribution ? 1 : 0

  name                              = "${local.prefix}-alert-files"
  origin_access_control_origin_type = "s3"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

resource "aws_cloudfront_distribution" "alert_files" {
  #checkov:skip=CKV_AWS_68:Public files that caches answer: there is nothing behind them to protect.
  #checkov:skip=CKV2_AWS_47:The same.
  #checkov:skip=CKV_AWS_86:Who reads public alerts is nobody's business.
  #checkov:skip=CKV_AWS_310:One Region by design.
  #checkov:skip=CKV_AWS_374:Earthquakes concern readers everywhere.
  #checkov:skip=CKV_AWS_174:The certificate is CloudFront's own, for whose name it sets the least version itself.
  #checkov:skip=CKV2_AWS_42:The same.
  #checkov:skip=CKV2_AWS_32:XML that programs read: headers for browsers' pages change nothing.
  count = var.broadcast.distribution ? 1 : 0

  comment             = "${local.prefix}: CAP messages and their feed"
  enabled             = true
  is_ipv6_enabled     = true
  http_version        = "http2and3"
  default_root_object = "alerts.atom"
  wait_for_deployment = false

  origin {
    origin_id                = "alert-files"
    domain_name              = aws_s3_bucket.alert_files.bucket_regional_domain_name
    origin_access_control_id = aws_cloudfront_origin_access_control.alert_files[0].id
  }

  default_cache_behavior {
    target_origin_id       = "alert-files"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    viewer_protocol_policy = "redirect-to-https"
    # AWS's own CachingOptimized: as long as each file says.
    cache_policy_id = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  # A message that is not there yet is asked for again at once.
  custom_error_response {
    error_code            = 403
    error_caching_min_ttl = 1
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_cloudwatch_metric_alarm" "not_broadcast" {
  alarm_name          = "${local.prefix}-not-broadcast"
  alarm_description   = "An alert's post or CAP file was not published; those who signed up were told all the same. Read the producer's log for `not broadcast`."
  namespace           = "quakewire"
  metric_name         = "broadcast.failed"
  dimensions          = { environment = var.environment, function = "producer" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.alarm_actions
  ok_actions          = local.alarm_actions
}
