variable "kafka_bootstrap_servers" {
  description = "Brokers to begin with, as host:port."
  type        = list(string)

  validation {
    condition     = length(var.kafka_bootstrap_servers) > 0 && alltrue([for server in var.kafka_bootstrap_servers : can(regex("^[^:/\\s]+:[0-9]+$", server))])
    error_message = "kafka_bootstrap_servers must name at least one broker, each as host:port."
  }
}

variable "kafka_tls" {
  description = "Whether the brokers speak TLS. Only a broker on the same machine may go without."
  type        = bool
  default     = true
}

variable "replication_factor" {
  description = "Copies of each partition: 3 on a real cluster, 1 on a single broker."
  type        = number
  default     = 3

  validation {
    condition     = contains([1, 2, 3], var.replication_factor)
    error_message = "replication_factor must be 1, 2 or 3."
  }
}

variable "retention_ms" {
  description = "How long a wake-up is kept, in milliseconds. Short, because a new consumer group starts at the oldest record."
  type        = number
  default     = 21600000

  validation {
    condition     = var.retention_ms >= 600000 && var.retention_ms <= 21600000
    error_message = "retention_ms must be from 600000 (10 minutes) to 21600000 (6 hours)."
  }
}

variable "scaling" {
  description = "What scaling decided (scaling.auto.tfvars.json); this root needs the partitions only."
  type = object({
    schema   = number
    channels = map(object({ partitions = number }))
  })

  validation {
    condition     = var.scaling.schema == 1
    error_message = "scaling.schema must be 1: the file was written by another version of scaling."
  }

  validation {
    condition     = length(var.scaling.channels) > 0
    error_message = "scaling.channels must name at least one channel."
  }

  validation {
    condition     = alltrue([for channel in values(var.scaling.channels) : channel.partitions >= 1 && floor(channel.partitions) == channel.partitions])
    error_message = "scaling.channels[*].partitions must be a whole number of at least 1."
  }
}

variable "live_partitions" {
  description = "Partitions that the broker has now, by channel, as scaling observed them; a channel without a topic is left out."
  type        = map(number)
  default     = {}
}
