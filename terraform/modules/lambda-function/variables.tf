variable "environment" {
  description = "Environment that the function belongs to; part of its name and of its role's path."
  type        = string
}

variable "name" {
  description = "Name of the function and of its zip, e.g. `consumer-sms`; the function is called `quakewire-<environment>-<name>`."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*$", var.name)) && length("quakewire-${var.environment}-${var.name}") <= 64
    error_message = "name must be lower-case words joined by hyphens, and the function's whole name at most 64 characters."
  }
}

variable "artifact" {
  description = "The uploaded zip: its bucket, its key `lambda/<name>/<SHA-256 in hex>.zip` and the same SHA-256 in base64."
  type = object({
    bucket        = string
    key           = string
    sha256_base64 = string
  })

  validation {
    condition     = can(regex("^lambda/${var.name}/[0-9a-f]{64}\\.zip$", var.artifact.key))
    error_message = "artifact.key must be lambda/${var.name}/<SHA-256 in hex>.zip: run `npm run build -- --upload BUCKET --tfvars FILE` and use the file it writes."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9+/]{43}=$", var.artifact.sha256_base64))
    error_message = "artifact.sha256_base64 must be a SHA-256 digest in base64 (44 characters)."
  }
}

variable "memory_mb" {
  description = "Memory in MB; 1,769 MB is one whole processor."
  type        = number

  validation {
    condition     = var.memory_mb >= 128 && var.memory_mb <= 10240 && floor(var.memory_mb) == var.memory_mb
    error_message = "memory_mb must be a whole number from 128 to 10240."
  }
}

variable "timeout_seconds" {
  description = "Time after which Lambda ends an invocation, in seconds."
  type        = number

  validation {
    condition     = var.timeout_seconds >= 1 && var.timeout_seconds <= 900
    error_message = "timeout_seconds must be from 1 to 900."
  }
}

variable "environment_variables" {
  description = "The variables that the function's env.ts parses. Names and ARNs only, never a secret's value."
  type        = map(string)
}

variable "policy_json" {
  description = "What the function may do besides writing its own log, as an IAM policy document."
  type        = string
}

variable "architecture" {
  description = "Instruction set: arm64 on AWS (cheaper); the local stack runs functions on the machine's own."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "architecture must be arm64 or x86_64."
  }
}

variable "reserved_concurrency" {
  description = "Invocations at once that are kept for (and allowed to) this function; -1 reserves and limits nothing."
  type        = number
  default     = -1

  validation {
    condition     = var.reserved_concurrency == -1 || var.reserved_concurrency >= 1
    error_message = "reserved_concurrency must be -1 or at least 1: 0 would stop the function."
  }
}

variable "warm_workers" {
  description = "Environments kept initialised on the alias (provisioned concurrency); 0 creates none and costs nothing."
  type        = number
  default     = 0

  validation {
    condition     = var.warm_workers >= 0 && (var.reserved_concurrency == -1 || var.warm_workers <= var.reserved_concurrency)
    error_message = "warm_workers must be from 0 to reserved_concurrency."
  }
}

variable "asynchronous_invocation" {
  description = "For functions that a schedule starts: retries of a failed start and the age in seconds after which a waiting start is dropped. Null keeps Lambda's defaults (2 retries, 6 hours)."
  type = object({
    maximum_retry_attempts       = number
    maximum_event_age_in_seconds = number
  })
  default = null
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the function's log."
  type        = number
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds what the function's role may ever be given; null for none."
  type        = string
  default     = null
}
