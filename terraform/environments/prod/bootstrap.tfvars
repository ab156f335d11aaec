environment = "prod"
region      = "eu-central-1"
owner       = "operations"
