variable "environment" {
  description = "Environment whose buckets these are: part of every name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{1,11}$", var.environment))
    error_message = "environment must be 2 to 12 lower-case letters and digits, beginning with a letter."
  }
}

variable "region" {
  description = "AWS Region of everything; the artifact bucket must lie where the functions are."
  type        = string
}

variable "owner" {
  description = "Who answers for this installation: the value of the tag `owner`."
  type        = string
}

variable "delivery" {
  description = <<-EOT
    How workflows on GitHub reach this account; null where nothing is delivered from GitHub (the local stack).
    `oidc_subject_prefix` is the beginning of the `sub` claim of this repository's tokens, copied from its OIDC settings:
    `repo:OWNER/NAME`, or `repo:OWNER@ID/NAME@ID` in newer repositories.
    `oidc_provider_arn` names GitHub's provider where the account already has it (an account can have only one).
  EOT
  type = object({
    oidc_subject_prefix = string
    oidc_provider_arn   = optional(string)
  })
  default = null

  validation {
    condition     = var.delivery == null ? true : can(regex("^repo:[A-Za-z0-9_.-]+(@[0-9]+)?/[A-Za-z0-9_.-]+(@[0-9]+)?$", var.delivery.oidc_subject_prefix))
    error_message = "delivery.oidc_subject_prefix must be repo:OWNER/NAME or repo:OWNER@ID/NAME@ID, without what follows in a token and without wildcards: one would let other repositories in."
  }
}
