locals {
  # Table name to whether items of it end by themselves (attribute `ttl`, in epoch seconds).
  tables = {
    endpoints   = false
    map         = true
    ledger      = true
    dispatch    = true
    consents    = false
    earthquakes = true
  }
}

resource "aws_dynamodb_table" "this" {
  for_each = local.tables

  name                        = "${local.prefix}-${each.key}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = var.protect

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  dynamic "ttl" {
    for_each = each.value ? ["ttl"] : []

    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = var.protect
  }

  lifecycle {
    prevent_destroy = true
  }
}
