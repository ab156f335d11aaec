environment = "dev"
region      = "eu-central-1"
owner       = "operations"
