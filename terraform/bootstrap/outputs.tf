output "state_bucket" {
  description = "Bucket of the Terraform states: `bucket` in the *.s3.tfbackend files."
  value       = aws_s3_bucket.this["state"].bucket
}

output "artifact_bucket" {
  description = "Bucket of the zips: `npm run build -- --upload`."
  value       = aws_s3_bucket.this["artifacts"].bucket
}

output "delivery_roles" {
  description = "ARN of each role that workflows take; they know it by its name."
  value       = { for name, role in aws_iam_role.delivery : name => role.arn }
}

output "functions_boundary_arn" {
  description = "Bounds the roles of the functions: `permissions_boundary_arn` in environments/<name>/pipeline.tfvars."
  value       = one(aws_iam_policy.functions_boundary[*].arn)
}

output "operators_policy_arn" {
  description = "Policy for the people who tell by hand: attach it to them."
  value       = aws_iam_policy.operators.arn
}
