output "topics" {
  description = "Topic of each channel with its partitions."
  value       = { for channel, topic in kafka_topic.dispatch : channel => { name = topic.name, partitions = topic.partitions } }
}
