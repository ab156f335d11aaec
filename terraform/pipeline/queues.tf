# What a consumer could not deliver and will not try again, with its payload (never an address), until it is replayed.
resource "aws_sqs_queue" "dead_letters" {
  for_each = local.channels

  name                      = "${local.prefix}-dead-letters-${each.key}"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}
