terraform {
  required_version = ">= 1.11.0"

  required_providers {
    kafka = {
      source  = "Mongey/kafka"
      version = "0.13.1"
    }
  }

  # Bucket, key and Region come from environments/<environment>/topics.s3.tfbackend.
  backend "s3" {
    use_lockfile = true
  }
}

# User and password come from KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD. The key may create and alter topics, never
# delete them: lowering a partition count plans a replacement, and without that right it cannot wipe a topic.
provider "kafka" {
  bootstrap_servers = var.kafka_bootstrap_servers
  tls_enabled       = var.kafka_tls
  sasl_mechanism    = "plain"
}
