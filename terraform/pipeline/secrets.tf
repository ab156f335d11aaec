locals {
  secrets = merge(
    {
      kafka-producer = "Kafka user of the producer: {username, password}. May write to the dispatch topics."
      kafka-ingest   = "Kafka user of the ingest: {username, password}. May write to the dispatch topics."
      kafka-mapping  = "Kafka user of the event source mappings: {username, password}. May read the dispatch topics and its groups."
      address-key    = "Keys that the subscribers' addresses are encrypted with: {keys: {id: base64 of 32 bytes}, current: id}."
      ingest-keys    = "Keys that institutes sign their bulletins with: {keys: {id: {secret: base64 of 32 bytes, network, exercise}}}."
    },
    { for channel in keys(local.channels) : "provider-${channel}" => "What the ${channel} consumer signs in to its provider with." },
  )
}

# The names only: a person or a script puts the values, so that no state or plan ever holds one.
resource "aws_secretsmanager_secret" "this" {
  for_each = local.secrets

  name                    = "${local.prefix}/${each.key}"
  description             = each.value
  recovery_window_in_days = 7
}
