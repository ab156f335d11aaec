# What people need who tell, correct, end and rehearse alerts by hand (`npm run alert`, `npm run drill`). It lies here and not
# in `pipeline`, so that no delivery can give it to anybody. Attach it to IAM users or to a permission set of IAM Identity
# Center, whose session names are people: a role whose session name is chosen freely would let one person be two.
data "aws_iam_policy_document" "operators" {
  statement {
    # What the preview is decided and counted from: earthquakes and policy, segment maps, the sizing.
    sid     = "SeeWhoWouldBeTold"
    actions = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [
      for table in ["dispatch", "earthquakes", "map"] : "arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-${table}"
    ]
  }

  statement {
    # `aws:userid` is who IAM says they are: so nobody asks or agrees in another's name.
    sid       = "WriteInTheirOwnName"
    actions   = ["dynamodb:PutItem"]
    resources = ["arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-earthquakes"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["OPERATOR#$${aws:userid}"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }

  statement {
    # The list by which the leader finds what they wrote: it proves nothing.
    sid       = "ListTheirRequests"
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = ["arn:${local.partition}:dynamodb:${var.region}:${local.account}:table/${local.prefix}-earthquakes"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["REQUESTS"]
    }

    condition {
      test     = "Null"
      variable = "dynamodb:LeadingKeys"
      values   = ["false"]
    }
  }
}

resource "aws_iam_policy" "operators" {
  name        = "${local.prefix}-operators"
  description = "To ask for alerts and drills by hand, to agree to what others ask, and to stop."
  policy      = data.aws_iam_policy_document.operators.json
}
