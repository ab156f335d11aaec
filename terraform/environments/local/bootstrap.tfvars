environment = "local"
region      = "eu-central-1"
owner       = "nobody"
