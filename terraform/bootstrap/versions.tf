terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  # The first apply makes the bucket that the other roots keep their state in, so this one begins on the person's disk.
  # How it moves into the bucket afterwards: ../README.md.
  backend "local" {}
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      application = "quakewire"
      environment = var.environment
      owner       = var.owner
    }
  }
}
