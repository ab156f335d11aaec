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
