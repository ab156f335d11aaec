# What operators may do, by the very documents that IAM will get (the real provider composes them without an account).

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

variables {
  environment = "dev"
  region      = "eu-central-1"
  owner       = "operations"
}

run "operators_write_in_their_own_name_only" {
  command = plan

  assert {
    condition = {
      for statement in jsondecode(aws_iam_policy.operators.policy).Statement : statement.Sid => statement.Condition["ForAllValues:StringEquals"]["dynamodb:LeadingKeys"]
      if anytrue([for action in flatten([statement.Action]) : !contains(["dynamodb:GetItem", "dynamodb:Query"], action)])
    } == { WriteInTheirOwnName = "OPERATOR#$${aws:userid}", ListTheirRequests = "REQUESTS" }
    error_message = "Whatever writes is bound to the writer's own key or to the list that proves nothing."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_policy.operators.policy).Statement : statement.Effect == "Allow" && !strcontains(jsonencode(statement.Resource), "*")
      && length(setsubtract(flatten([statement.Action]), ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"])) == 0
    ])
    error_message = "Operators delete nothing, and reach no table by a wildcard: no subscriber's row, no ledger."
  }

  assert {
    condition     = !strcontains(aws_iam_policy.operators.policy, "-endpoints") && !strcontains(aws_iam_policy.operators.policy, "-ledger")
    error_message = "Operators see no subscriber."
  }
}

run "no_function_writes_in_a_persons_name" {
  command = plan

  variables {
    delivery = { oidc_subject_prefix = "repo:example@1/quakewire@2" }
  }

  assert {
    condition = one([
      for statement in jsondecode(one(aws_iam_policy.functions_boundary[*].policy)).Statement : statement.Condition["ForAnyValue:StringLike"]["dynamodb:LeadingKeys"]
      if statement.Effect == "Deny" && statement.Sid == "NobodysName"
    ]) == "OPERATOR#*"
    error_message = "A function that could write below a person's key could agree for them."
  }
}
