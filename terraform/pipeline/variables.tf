variable "environment" {
  description = "Name of this installation: part of every resource's name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,11}$", var.environment))
    error_message = "environment must be 2 to 12 lower-case letters and digits, beginning with a letter."
  }
}

variable "region" {
  description = "AWS Region of everything."
  type        = string
}

variable "owner" {
  description = "Who answers for this installation: the value of the tag `owner`."
  type        = string
}

variable "artifacts" {
  description = "The uploaded zip of each function by name (artifacts.auto.tfvars.json, written by `npm run build -- --upload`)."
  type = map(object({
    bucket        = string
    key           = string
    sha256_base64 = string
  }))

  validation {
    condition     = length(setsubtract(concat(["producer", "segmenter", "ingest"], [for channel in keys(var.scaling.channels) : "consumer-${channel}"]), keys(var.artifacts))) == 0
    error_message = "artifacts must hold producer, segmenter, ingest and a consumer-<channel> for every channel of scaling: run `npm run build -- --upload BUCKET --tfvars FILE`."
  }
}

variable "kafka_bootstrap_servers" {
  description = "Brokers to begin with, as host:port. A change replaces the event source mappings."
  type        = list(string)

  validation {
    condition     = length(var.kafka_bootstrap_servers) > 0 && alltrue([for server in var.kafka_bootstrap_servers : can(regex("^[^:/\\s]+:[0-9]+$", server))])
    error_message = "kafka_bootstrap_servers must name at least one broker, each as host:port."
  }
}

variable "kafka_tls" {
  description = "Whether the producer speaks TLS to the brokers. Only a broker on the same machine may go without."
  type        = bool
  default     = true
}

variable "feeds" {
  description = "Where the producer listens: USGS's GeoJSON feed of all magnitudes, EMSC's websocket, the FDSN event service of each (its query address), INFP's event stream (by agreement with INFP; off unless given), and the hosts (host or host:port) that it may call at all."
  type = object({
    usgs_feed_url      = string
    usgs_event_url     = string
    emsc_websocket_url = string
    emsc_event_url     = string
    infp_stream_url    = optional(string, "")
    hosts              = list(string)
  })

  validation {
    condition = alltrue([
      for name, url in var.feeds : can(regex("^https?://", url)) if !contains(["hosts", "emsc_websocket_url"], name) && url != ""
    ]) && can(regex("^wss?://", var.feeds.emsc_websocket_url))
    error_message = "Each address of feeds must begin with https:// (or http:// on one machine), feeds.emsc_websocket_url with wss:// (or ws://)."
  }

  validation {
    condition = length(setsubtract(
      [for name, url in var.feeds : try(regex("^[a-z]+://([^/?#]+)", url)[0], url) if name != "hosts" && url != ""],
      var.feeds.hosts,
    )) == 0
    error_message = "feeds.hosts must hold the host (with its port, if the address names one) of each feed."
  }
}

variable "senders" {
  description = "Whom messages come from, by channel: `sms` a number or sender id, `email` the from address."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for channel in ["sms", "email"] : lookup(var.senders, channel, "") != "" if contains(keys(var.scaling.channels), channel)])
    error_message = "senders must name the number of `sms` and the from address of `email` when scaling holds these channels."
  }

  validation {
    condition     = can(regex("^([^@\\s]+@[^@\\s]+)?$", lookup(var.senders, "email", "")))
    error_message = "senders.email must be an e-mail address."
  }
}

variable "ses_configuration_set" {
  description = "Configuration set of SES that every e-mail names, made by a person beside the verified domain; blank for none."
  type        = string
  default     = ""

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{0,64}$", var.ses_configuration_set))
    error_message = "ses_configuration_set must be up to 64 letters, digits, - or _."
  }
}

variable "stop_base_url" {
  description = "Where the page that ends subscriptions is, e.g. https://stop.example.or/: SMS and e-mails carry this address and a token; blank while there is none."
  type        = string
  default     = ""

  validation {
    # One text message: 35 characters for the whole address, 11 of them the token.
    condition     = var.stop_base_url == "" || (can(regex("^https://[^/\\s]+/([^\\s]*/)?$", var.stop_base_url)) && length(var.stop_base_url) <= 24)
    error_message = "stop_base_url must be https://, end with a slash and have at most 24 characters, so that a text message has room for it."
  }
}

variable "broadcast" {
  description = "What is said to everybody at once: `sender` and `sender_name` of the CAP messages (an address of the institution, its name), `chats` the public Telegram chat of each language, e.g. {ro = \"@cutremure\"}; `distribution` whether CloudFront serves the files, `files_url` their public address if it is another than CloudFront's own."
  type = object({
    sender       = string
    sender_name  = string
    chats        = optional(map(string), {})
    distribution = optional(bool, true)
    files_url    = optional(string)
  })

  validation {
    condition     = can(regex("^[^\\s,<&]+$", var.broadcast.sender)) && trimspace(var.broadcast.sender_name) != ""
    error_message = "broadcast.sender must have neither spaces nor commas (CAP 1.2, 3.2.1), and broadcast.sender_name must say who that is."
  }

  validation {
    condition     = length(setsubtract(keys(var.broadcast.chats), ["en", "ro"])) == 0 && alltrue([for chat in values(var.broadcast.chats) : chat != ""])
    error_message = "broadcast.chats may name a chat for en and for ro."
  }

  validation {
    condition     = length(var.broadcast.chats) == 0 || contains(keys(var.scaling.channels), "telegram")
    error_message = "broadcast.chats needs the channel telegram in scaling: its bot posts there."
  }

  validation {
    condition     = var.broadcast.files_url == null ? var.broadcast.distribution : can(regex("^https?://\\S*[^/\\s]$", var.broadcast.files_url))
    error_message = "broadcast.files_url must be the files' public address without a slash at its end, and be there where CloudFront does not serve them."
  }
}

variable "provider_base_urls" {
  description = "Where a channel's provider answers, by channel, if not at its own address: set by the local stack only."
  type        = map(string)
  default     = {}
}

variable "disabled_channels" {
  description = "Channels whose mapping stops polling while everything else stays. Removing a channel from scaling would delete it instead."
  type        = set(string)
  default     = []

  validation {
    condition     = length(setsubtract(var.disabled_channels, keys(var.scaling.channels))) == 0
    error_message = "disabled_channels may only name channels of scaling."
  }
}

variable "architecture" {
  description = "Instruction set of the functions: arm64 on AWS; the local stack runs them on the machine's own."
  type        = string
  default     = "arm64"
}

variable "consumer_timeout_seconds" {
  description = "Time after which Lambda ends a consumer's invocation, in seconds."
  type        = number
  default     = 120

  validation {
    condition     = var.consumer_timeout_seconds >= 30 && var.consumer_timeout_seconds <= 840
    error_message = "consumer_timeout_seconds must be from 30 to 840: mappings of self-managed Kafka refuse functions of more than 14 minutes."
  }
}

variable "reserve_concurrency" {
  description = "Whether functions keep a share of the account's concurrency. False on small accounts, which refuse any reservation."
  type        = bool
  default     = true
}

variable "account_concurrency" {
  description = "The account's quota of invocations at once (L-B99A9384)."
  type        = number
  default     = 1000
}

variable "protect" {
  description = "Deletion protection and point-in-time recovery of the tables; off only where data is thrown away."
  type        = bool
  default     = true

  validation {
    condition     = var.protect || var.environment != "prod"
    error_message = "protect must stay true in prod: the tables hold subscribers and the record of who was told."
  }
}

variable "alarm_topic_arn" {
  description = "SNS topic that reaches people; null where nobody is to be woken."
  type        = string
  default     = null

  validation {
    condition     = var.alarm_topic_arn != null || var.environment != "prod"
    error_message = "alarm_topic_arn must be set in prod: an alarm that nobody hears is none."
  }
}

variable "scheduled_scaling" {
  description = "Whether a workflow scales this environment on a schedule: then its silence raises an alarm."
  type        = bool
  default     = false
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds what this root's roles may ever be given; null for none."
  type        = string
  default     = null
}

variable "log_level" {
  description = "Least level that functions log."
  type        = string
  default     = "info"

  validation {
    condition     = contains(["debug", "info", "warn", "error"], var.log_level)
    error_message = "log_level must be debug, info, warn or error."
  }
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the functions' logs."
  type        = number
  default     = 30
}
