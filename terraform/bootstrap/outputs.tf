output "state_bucket" {
  description = "Bucket of the Terraform states: `bucket` in the *.s3.tfbackend files."
  value       = aws_s3_bucket.this["state"].bucket
}

output "artifact_bucket" {
  description = "Bucket of the zips: `npm run build -- --upload`."
  value       = aws_s3_bucket.this["artifacts"].bucket
}

output "plan_bucket" {
  description = "Bucket through which a plan goes from the job that made it to the job that applies it; null without delivery."
  value       = var.delivery == null ? null : aws_s3_bucket.this["plans"].bucket
}

output "delivery_roles" {
  description = "ARN of each role that workflows take: the variables AWS_ROLE_PLAN, AWS_ROLE_SCALE, AWS_ROLE_DEPLOY and AWS_ROLE_ARTIFACTS on GitHub."
  value       = { for name, role in aws_iam_role.delivery : name => role.arn }
}

output "functions_boundary_arn" {
  description = "Bounds the roles of the functions: `permissions_boundary_arn` in environments/<name>/pipeline.tfvars."
  value       = one(aws_iam_policy.functions_boundary[*].arn)
}
