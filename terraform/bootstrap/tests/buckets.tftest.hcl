mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  environment = "dev"
  region      = "eu-central-1"
  owner       = "operations"
}

run "both_buckets_keep_every_version_and_are_closed" {
  command = plan

  assert {
    condition     = output.state_bucket == "quakewire-dev-state-123456789012" && output.artifact_bucket == "quakewire-dev-artifacts-123456789012"
    error_message = "Bucket names carry environment and account."
  }

  assert {
    condition     = alltrue([for bucket in ["state", "artifacts"] : aws_s3_bucket_versioning.this[bucket].versioning_configuration[0].status == "Enabled"])
    error_message = "States and zips must keep their older versions."
  }

  assert {
    condition = alltrue([for bucket in ["state", "artifacts"] :
      aws_s3_bucket_public_access_block.this[bucket].block_public_acls
      && aws_s3_bucket_public_access_block.this[bucket].block_public_policy
      && aws_s3_bucket_public_access_block.this[bucket].ignore_public_acls
      && aws_s3_bucket_public_access_block.this[bucket].restrict_public_buckets
    ])
    error_message = "Nobody outside the account may read a state or a zip."
  }

  assert {
    condition = alltrue([for document in values(data.aws_iam_policy_document.tls_only) :
      one(document.statement).effect == "Deny" && one(one(document.statement).condition).variable == "aws:SecureTransport"
    ])
    error_message = "Plain HTTP must be refused."
  }
}

run "an_environment_that_makes_no_name" {
  command = plan

  variables {
    environment = "Dev Stage"
  }

  expect_failures = [var.environment]
}
