# Replace the owner, the broker, the senders and the alarm topic by your own.
environment             = "prod"
region                  = "eu-central-1"
owner                   = "operations"
kafka_bootstrap_servers = ["broker.example.org:9092"]

feeds = {
  usgs_feed_url      = "https://earthquake.usgs.gov/earthquakes/feed/v1.0/summary/all_hour.geojson"
  usgs_event_url     = "https://earthquake.usgs.gov/fdsnws/event/1/query"
  emsc_websocket_url = "wss://www.seismicportal.eu/standing_order/websocket"
  emsc_event_url     = "https://www.seismicportal.eu/fdsnws/event/1/query"
  hosts              = ["earthquake.usgs.gov", "www.seismicportal.eu"]
}

senders = {
  email = "alerts@example.org"
  sms   = "+15005550006"
}

alarm_topic_arn = "arn:aws:sns:eu-central-1:123456789012:quakewire-people"

# Who speaks in the CAP messages; replace it by your own. The bot must be allowed to post in the chats.
broadcast = {
  sender      = "alerts@example.org"
  sender_name = "Operations of Example"
}

# Made by terraform/bootstrap; replace the account.
permissions_boundary_arn = "arn:aws:iam::123456789012:policy/quakewire-delivery/prod/quakewire-prod-functions-boundary"

# The workflow `scale` runs for this environment.
scheduled_scaling = true
