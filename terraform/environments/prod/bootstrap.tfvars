environment = "prod"
region      = "eu-central-1"
owner       = "operations"

# Replace by the prefix that this repository's OIDC settings on GitHub show.
delivery = { oidc_subject_prefix = "repo:example/quakewire" }
