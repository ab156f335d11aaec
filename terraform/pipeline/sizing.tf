variable "scaling" {
  description = "What scaling decided (scaling.auto.tfvars.json): channels with their capacity, and the producer."
  type = object({
    schema = number
    producer = object({
      memory_mb = number
      threads   = number
    })
    channels = map(object({
      active_partitions        = number
      max_workers_per_segment  = number
      maximum_pollers          = optional(number)
      memory_mb                = number
      minimum_pollers          = optional(number)
      partitions               = number
      provider_rate_per_second = number
      reserved_concurrency     = number
      segment_endpoints        = number
      warm_workers             = number
    }))
  })

  validation {
    condition     = var.scaling.schema == 1
    error_message = "scaling.schema must be 1: the file was written by another version of scaling."
  }

  validation {
    condition     = length(var.scaling.channels) > 0 && length(setsubtract(keys(var.scaling.channels), ["sms", "email", "telegram", "webhook"])) == 0
    error_message = "scaling.channels must hold at least one of sms, email, telegram and webhook, and nothing else."
  }

  validation {
    condition     = alltrue([for c in values(var.scaling.channels) : c.active_partitions >= 1 && c.active_partitions <= c.partitions && c.active_partitions <= 1000])
    error_message = "scaling.channels[*].active_partitions must be from 1 to the channel's partitions, and at most 1000."
  }

  validation {
    condition     = alltrue([for c in values(var.scaling.channels) : c.segment_endpoints >= 100 && c.segment_endpoints <= 40000])
    error_message = "scaling.channels[*].segment_endpoints must be from 100 (one page) to 40000."
  }

  validation {
    condition     = alltrue([for c in values(var.scaling.channels) : c.max_workers_per_segment >= 1 && c.max_workers_per_segment <= 1000])
    error_message = "scaling.channels[*].max_workers_per_segment must be from 1 to 1000."
  }

  validation {
    condition     = alltrue([for c in values(var.scaling.channels) : c.provider_rate_per_second >= 1 && c.provider_rate_per_second <= 50000])
    error_message = "scaling.channels[*].provider_rate_per_second must be from 1 to 50000."
  }

  validation {
    condition = alltrue([for c in values(var.scaling.channels) :
      c.minimum_pollers == null && c.maximum_pollers == null ? true
      : try(c.minimum_pollers >= 1 && c.minimum_pollers <= c.maximum_pollers && c.maximum_pollers <= 200, false)
    ])
    error_message = "scaling.channels[*].minimum_pollers and maximum_pollers must both be null (on demand) or from 1 to 200, the minimum not above the maximum."
  }

  validation {
    condition     = alltrue([for c in values(var.scaling.channels) : c.reserved_concurrency == -1 || c.reserved_concurrency >= c.active_partitions])
    error_message = "scaling.channels[*].reserved_concurrency must be -1 (none) or at least active_partitions: each active partition is one invocation."
  }

  validation {
    condition     = alltrue([for c in values(var.scaling.channels) : c.warm_workers >= 0 && c.warm_workers <= c.active_partitions])
    error_message = "scaling.channels[*].warm_workers must be from 0 to active_partitions."
  }

  validation {
    condition     = var.scaling.producer.threads >= 1 && var.scaling.producer.threads <= max(1, ceil(var.scaling.producer.memory_mb / 1769))
    error_message = "scaling.producer.threads must be from 1 to one for each 1769 MB of memory_mb: more threads would share a processor."
  }

  validation {
    condition = !var.reserve_concurrency || sum(concat(
      [local.producer_reserved_concurrency, local.segmenter_reserved_concurrency, local.ingest_reserved_concurrency],
      [for c in values(var.scaling.channels) : max(0, c.reserved_concurrency)],
    )) <= var.account_concurrency - 100
    error_message = "The reserved concurrency of all functions exceeds account_concurrency - 100, which Lambda keeps unreserved: ask AWS for a higher quota (L-B99A9384), lower the channels' maximum, or set reserve_concurrency = false."
  }
}

# The sizing that producer, consumers and segmenter read: one item, changed in place. As environment variables the same
# numbers would publish versions, drop warm environments and move aliases.
resource "aws_dynamodb_table_item" "sizing" {
  table_name = aws_dynamodb_table.this["dispatch"].name
  hash_key   = aws_dynamodb_table.this["dispatch"].hash_key
  range_key  = aws_dynamodb_table.this["dispatch"].range_key

  item = jsonencode({
    pk = { S = "sizing" }
    sk = { S = "inForce" }
    control = { S = jsonencode({
      producer = { threads = var.scaling.producer.threads }
      channels = { for name, channel in var.scaling.channels : name => {
        activePartitions      = channel.active_partitions
        segmentEndpoints      = channel.segment_endpoints
        maxWorkersPerSegment  = channel.max_workers_per_segment
        providerRatePerSecond = channel.provider_rate_per_second
      } }
    }) }
  })

  # After the capacity it counts on: an active partition must have its mapping and its worker.
  depends_on = [module.consumer, module.producer, aws_lambda_event_source_mapping.consumer]
}
