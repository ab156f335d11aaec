# The local stack gives what depends on its ports: TF_VAR_kafka_bootstrap_servers, TF_VAR_feeds, TF_VAR_provider_base_urls.
environment  = "local"
region       = "eu-central-1"
owner        = "nobody"
architecture = "x86_64"
kafka_tls    = false
# Every start begins with empty tables.
protect = false

# The demo is one.
ingest_tells_exercises = true

senders = {
  email = "alerts@quakewire.example"
  sms   = "+15005550006"
}

# Nobody is there: what texts carry is looked at.
stop_base_url = "https://q.example/stop/"

# The feed is read from the bucket itself.
broadcast = {
  sender       = "alerts@quakewire.example"
  sender_name  = "quakewire on one machine"
  chats        = { ro = "@cutremure", en = "@earthquakes" }
  distribution = false
  files_url    = "https://alerts.quakewire.example"
}
