resource "kafka_topic" "dispatch" {
  for_each = var.scaling.channels

  name               = "dispatch.${each.key}"
  partitions         = each.value.partitions
  replication_factor = var.replication_factor

  config = {
    "cleanup.policy" = "delete"
    "retention.ms"   = tostring(var.retention_ms)
  }

  lifecycle {
    # A removed channel would take its topic with it, and fewer partitions mean a new, empty topic.
    prevent_destroy = true

    precondition {
      condition     = each.value.partitions >= lookup(var.live_partitions, each.key, 0)
      error_message = "dispatch.${each.key} has ${lookup(var.live_partitions, each.key, 0)} partitions and cannot go down to ${each.value.partitions}: partitions only grow. Run scaling again, so that it sees the live count."
    }
  }
}
