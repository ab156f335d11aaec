# Roles of delivery, by the very documents that IAM will get. The provider is the real one: it composes policies without an
# account, and a plan of a first apply calls nothing.

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

override_data {
  target = data.aws_caller_identity.current
  values = { account_id = "123456789012" }
}

override_resource {
  target          = aws_iam_openid_connect_provider.github
  override_during = plan
  values          = { arn = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
}

override_resource {
  target          = aws_iam_policy.delivery_boundary
  override_during = plan
  values          = { arn = "arn:aws:iam::123456789012:policy/quakewire-delivery/dev/quakewire-dev-delivery-boundary" }
}

variables {
  environment = "dev"
  region      = "eu-central-1"
  owner       = "operations"
  delivery    = { oidc_subject_prefix = "repo:example@1/quakewire@2" }
}

run "a_role_is_taken_by_one_kind_of_job_of_this_repository_only" {
  command = plan

  assert {
    condition = { for role in keys(aws_iam_role.delivery) : role => jsondecode(aws_iam_role.delivery[role].assume_role_policy).Statement[0].Condition.StringEquals } == {
      for role, job in {
        artifacts = "environment:dev-build", plan = "environment:dev-plan", scale = "environment:dev-scale", deploy = "environment:dev"
        } : role => {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = "repo:example@1/quakewire@2:${job}"
      }
    }
    error_message = "Every trust policy names audience and subject exactly."
  }

  assert {
    condition     = alltrue([for role in values(aws_iam_role.delivery) : length(jsondecode(role.assume_role_policy).Statement) == 1 && !strcontains(role.assume_role_policy, "*")])
    error_message = "A trust policy has one statement and no wildcard."
  }

  assert {
    condition     = alltrue([for role in values(aws_iam_role.delivery) : endswith(role.permissions_boundary, "/quakewire-dev-delivery-boundary") && role.path == "/quakewire-delivery/dev/"])
    error_message = "Every role is bounded, and lies outside the path in which deployments may change roles."
  }
}

run "scale_cannot_delete_anything_but_its_lock_and_brings_no_code_and_no_role" {
  command = plan

  assert {
    condition = alltrue(flatten([for name, document in local.delivery_documents : [for statement in jsondecode(document.json).Statement :
      [for action in flatten([statement.Action]) : !strcontains(action, ":Delete") || (action == "s3:DeleteObject" && alltrue([for resource in flatten([statement.Resource]) : endswith(resource, ".tfstate.tflock")]))]
    ] if document.role == "scale"]))
    error_message = "scale must not delete; giving back a state's lock is the one exception."
  }

  assert {
    condition = length([for action in flatten([for document in values(local.delivery_documents) : [for statement in jsondecode(document.json).Statement : statement.Action] if document.role == "scale"]) :
      action if can(regex("^(iam:(Add|Attach|Create|Pass|Put|Set|Tag|Update)|lambda:(Create|UpdateFunctionCode)|s3:PutBucket|kms:|[a-z0-9]+:\\*)", action))
    ]) == 0
    error_message = "scale changes capacity only."
  }

  assert {
    condition = jsonencode([for statement in jsondecode(data.aws_iam_policy_document.scale.json).Statement : statement.Condition if strcontains(join(",", flatten([statement.Action])), "dynamodb:")]) == jsonencode([
      { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["sizing", "flags"] } }
    ])
    error_message = "Of the tables scale writes the sizing and the flags only."
  }
}

run "plan_reads_settings_and_counts_but_no_people_and_no_secrets" {
  command = plan

  assert {
    condition = length([for action in flatten([for document in values(local.delivery_documents) : [for statement in jsondecode(document.json).Statement : statement.Action] if document.role == "plan"]) :
      action if !can(regex("^[a-z0-9]+:(GET|Get|List|Describe)", action)) && !contains(["dynamodb:Query", "dynamodb:Scan", "s3:PutObject", "s3:DeleteObject", "cloudwatch:PutMetricData"], action)
    ]) == 0
    error_message = "plan reads; it writes its lock, its plan, the last sizing and a metric only."
  }

  assert {
    condition = alltrue([for statement in jsondecode(data.aws_iam_policy_document.states.json).Statement : alltrue([for resource in flatten([statement.Resource]) :
      endswith(resource, ".tflock") || endswith(resource, "/plans/*") || endswith(resource, "/scaling/sizing.json")
    ]) if contains(flatten([statement.Action]), "s3:PutObject")])
    error_message = "plan may write no state and no file in force."
  }

  assert {
    condition     = !contains(flatten([for document in values(local.delivery_documents) : [for statement in jsondecode(document.json).Statement : statement.Action] if document.role == "plan"]), "secretsmanager:GetSecretValue")
    error_message = "plan reads no secret."
  }

  assert {
    condition = alltrue(flatten([for statement in jsondecode(data.aws_iam_policy_document.observation.json).Statement :
      can(statement.Condition) || !strcontains(join(",", flatten([statement.Action])), "dynamodb:")
    ]))
    error_message = "Every read of a table is limited to keys or attributes."
  }

  assert {
    condition = jsonencode([for statement in jsondecode(data.aws_iam_policy_document.observation.json).Statement : statement.Condition if statement.Sid == "CountEndpoints"]) == jsonencode([{
      "StringEquals"              = { "dynamodb:Select" = "SPECIFIC_ATTRIBUTES" }
      "ForAllValues:StringEquals" = { "dynamodb:Attributes" = ["pk", "c", "oo"] }
    }])
    error_message = "Counting sees the channel, the country and the opt-out of a row, nothing else."
  }
}

run "deploy_makes_bounded_roles_only_and_deletes_nothing_that_cannot_come_back" {
  command = plan

  assert {
    condition = jsonencode([for statement in jsondecode(data.aws_iam_policy_document.deploy.json).Statement : statement.Condition if statement.Sid == "MakeBoundedRoles"]) == jsonencode([{
      StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::123456789012:policy/quakewire-delivery/dev/quakewire-dev-functions-boundary" }
    }])
    error_message = "A role that deploy makes carries the boundary of functions."
  }

  assert {
    condition = length(setintersection(flatten([for statement in jsondecode(data.aws_iam_policy_document.deploy.json).Statement : statement.Action]), [
      "dynamodb:DeleteTable", "lambda:DeleteFunction", "s3:DeleteBucket", "secretsmanager:DeleteSecret", "secretsmanager:GetSecretValue",
      "sqs:DeleteQueue", "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary",
    ])) == 0
    error_message = "deploy deletes no table, function, bucket, secret or queue, reads no secret and lifts no boundary."
  }

  assert {
    condition = toset(flatten([for statement in jsondecode(data.aws_iam_policy_document.deploy.json).Statement :
      statement.Resource if contains(flatten([statement.Action]), "s3:PutBucketPolicy")
    ])) == toset(["arn:aws:s3:::quakewire-dev-alert-files-123456789012"])
    error_message = "deploy says who reads the public files, and of no other bucket."
  }

  assert {
    condition = alltrue([for action in ["dynamodb:DeleteTable", "s3:DeleteBucket", "secretsmanager:GetSecretValue"] : contains(
      flatten([for statement in jsondecode(aws_iam_policy.delivery_boundary[0].policy).Statement : statement.Action if statement.Effect == "Deny" && can(statement.Resource)]), action
    )])
    error_message = "The boundary refuses it too, whatever a later document says."
  }

  assert {
    condition = jsonencode([for statement in jsondecode(aws_iam_policy.delivery_boundary[0].policy).Statement : statement.NotResource if statement.Sid == "NotItsOwnLimits"]) == jsonencode([
      "arn:aws:iam::123456789012:role/quakewire/dev/*"
    ])
    error_message = "No role of delivery may change a role, policy or provider outside the functions' path."
  }
}

run "artifacts_puts_zips_and_nothing_else" {
  command = plan

  assert {
    condition = toset(flatten([for statement in jsondecode(data.aws_iam_policy_document.artifacts.json).Statement : statement.Action])) == toset(["s3:GetObject", "s3:PutObject", "s3:ListBucket"]) && toset(flatten([
      for statement in jsondecode(data.aws_iam_policy_document.artifacts.json).Statement : statement.Resource
    ])) == toset(["arn:aws:s3:::quakewire-dev-artifacts-123456789012", "arn:aws:s3:::quakewire-dev-artifacts-123456789012/lambda/*"])
    error_message = "artifacts may put and compare zips."
  }
}

run "policies_fit_into_a_role" {
  command = plan

  assert {
    condition     = alltrue([for role in keys(aws_iam_role.delivery) : sum([for document in values(local.delivery_documents) : length(jsonencode(jsondecode(document.json))) if document.role == role]) <= 10240])
    error_message = "IAM takes at most 10,240 characters of inline policies a role."
  }

  assert {
    condition     = alltrue([for policy in [aws_iam_policy.delivery_boundary[0].policy, aws_iam_policy.functions_boundary[0].policy] : length(jsonencode(jsondecode(policy))) <= 6144])
    error_message = "IAM takes at most 6,144 characters of a managed policy."
  }
}

run "an_account_that_has_the_provider_keeps_it" {
  command = plan

  variables {
    delivery = {
      oidc_subject_prefix = "repo:example/quakewire"
      oidc_provider_arn   = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    }
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.github) == 0 && strcontains(aws_iam_role.delivery["plan"].assume_role_policy, "oidc-provider/token.actions.githubusercontent.com")
    error_message = "A second provider for the same issuer is refused by IAM."
  }
}

run "without_delivery_there_are_no_roles" {
  command = plan

  variables {
    delivery = null
  }

  assert {
    condition     = length(aws_iam_role.delivery) == 0 && length(aws_iam_openid_connect_provider.github) == 0 && toset(keys(aws_s3_bucket.this)) == toset(["artifacts", "state"])
    error_message = "The local stack needs no roles of delivery, and of buckets those of states and zips."
  }
}

run "a_subject_with_a_wildcard_is_refused" {
  command = plan

  variables {
    delivery = { oidc_subject_prefix = "repo:example/*" }
  }

  expect_failures = [var.delivery]
}
