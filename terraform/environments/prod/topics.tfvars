# Replace by your cluster's bootstrap servers.
kafka_bootstrap_servers = ["broker.example.org:9092"]
replication_factor      = 3
