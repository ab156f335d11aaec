# Run as: tflint --recursive (in this folder). The ruleset for AWS is a download of its own and is not used.
plugin "terraform" {
  enabled = true
  preset  = "all"
}

# Files are named after what they hold (producer.tf, tables.tf), not main.tf.
rule "terraform_standard_module_structure" {
  enabled = false
}
