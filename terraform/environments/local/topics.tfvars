# One broker without TLS on this machine. The local stack gives its address in TF_VAR_kafka_bootstrap_servers.
kafka_tls          = false
replication_factor = 1
