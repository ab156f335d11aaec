# Four roles that workflows take by a token of their run: none has a key that could be stolen, and each can be taken by one
# kind of job only. What a role may do stands in role-<name>.tf.
locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  prefix    = "quakewire-${var.environment}"

  delivery = var.delivery == null ? {} : {
    # Each kind of job has an environment of its own on GitHub, which allows the default branch only.
    artifacts = { job = "environment:${var.environment}-build", documents = { artifacts = data.aws_iam_policy_document.artifacts.json } }
    plan      = { job = "environment:${var.environment}-plan", documents = local.reading }
    # That of scaling asks nobody; that of deployments asks its reviewers.
    scale  = { job = "environment:${var.environment}-scale", documents = merge(local.reading, { scale = data.aws_iam_policy_document.scale.json }) }
    deploy = { job = "environment:${var.environment}", documents = merge(local.reading, { deploy = data.aws_iam_policy_document.deploy.json }) }
  }
  reading = {
    configuration = data.aws_iam_policy_document.configuration.json
    states        = data.aws_iam_policy_document.states.json
    observation   = data.aws_iam_policy_document.observation.json
  }
  delivery_documents = merge([for role, delivery in local.delivery :
    { for name, document in delivery.documents : "${role}/${name}" => { role = role, name = name, json = document } }
  ]...)
  oidc_provider_arn = try(coalesce(var.delivery.oidc_provider_arn, one(aws_iam_openid_connect_provider.github[*].arn)), null)
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.delivery == null ? 0 : var.delivery.oidc_provider_arn == null ? 1 : 0

  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]

  lifecycle {
    prevent_destroy = true
  }
}

data "aws_iam_policy_document" "delivery_trust" {
  for_each = local.delivery

  statement {
    sid     = "ThisKindOfJobOnly"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.oidc_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["${var.delivery.oidc_subject_prefix}:${each.value.job}"]
    }
  }
}

# Outside the path of the functions' roles, in which the role `deploy` may make and change roles.
resource "aws_iam_role" "delivery" {
  for_each = local.delivery

  name                 = "${local.prefix}-${each.key}"
  path                 = "/quakewire-delivery/${var.environment}/"
  description          = "Taken by workflows: ${each.key}."
  assume_role_policy   = data.aws_iam_policy_document.delivery_trust[each.key].json
  permissions_boundary = aws_iam_policy.delivery_boundary[0].arn
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "delivery" {
  for_each = local.delivery_documents

  name   = each.value.name
  role   = aws_iam_role.delivery[each.value.role].id
  policy = each.value.json
}
