output "state_bucket" {
  description = "Bucket of the Terraform states: `bucket` in the *.s3.tfbackend files."
  value       = aws_s3_bucket.this["state"].bucket
}

output "artifact_bucket" {
  description = "Bucket of the zips: `npm run build -- --upload`."
  value       = aws_s3_bucket.this["artifacts"].bucket
}
