terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # Bucket, key and Region come from environments/<environment>/pipeline.s3.tfbackend.
  backend "s3" {
    use_lockfile = true
  }
}

# Credentials and, on the local stack, endpoints come from the AWS_* environment variables.
provider "aws" {
  region = var.region

  default_tags {
    # Nothing here may differ from run to run (commit, time, run id): every plan would then change everything.
    tags = {
      application = "quakewire"
      environment = var.environment
      owner       = var.owner
    }
  }
}
