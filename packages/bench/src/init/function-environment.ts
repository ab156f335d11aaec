/** Variables with which a function gets through its init beside the stand-in. */
export function functionEnvironment(name: string, awsUrl: string): Record<string, string> {
  const channel = name.startsWith('consumer-') ? name.slice('consumer-'.length) : '';
  const tables = ['ENDPOINTS', 'MAP', 'LEDGER', 'DISPATCH', 'EARTHQUAKES'].map((table) => [
    `${table}_TABLE`,
    table.toLowerCase(),
  ]);
  return {
    ...Object.fromEntries(tables),
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-central-1',
    QUAKEWIRE_ENVIRONMENT: 'bench',
    LOG_LEVEL: 'error',
    CHANNEL: channel,
    CHANNELS: 'sms,email,telegram,webhook',
    ADDRESS_KEY_SECRET_ARN: 'address-key',
    PROVIDER_SECRET_ARN: `provider-${channel}`,
    PROVIDER_BASE_URL: 'http://127.0.0.1:1',
    STOP_BASE_URL: '',
    SES_CONFIGURATION_SET: '',
    SENDER: channel === 'email' ? 'alerts@example.com' : '+15005550006',
    DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1:1/queue',
    KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:1',
    KAFKA_TLS: 'false',
    KAFKA_SECRET_ARN: 'kafka-producer',
    KEYS_SECRET_ARN: 'ingest-keys',
    USGS_FEED_URL: 'http://127.0.0.1:1/feed',
    USGS_EVENT_URL: 'http://127.0.0.1:1/query',
    EMSC_WEBSOCKET_URL: 'ws://127.0.0.1:1/socket',
    EMSC_EVENT_URL: 'http://127.0.0.1:1/query',
    INFP_STREAM_URL: '',
    FEED_HOSTS: '127.0.0.1:1',
    ALERT_FILES_BUCKET: 'alert-files',
    ALERT_FILES_URL: 'http://127.0.0.1:1',
    CAP_SENDER: 'alerts@example.com',
    CAP_SENDER_NAME: 'bench',
    PUBLIC_CHATS: '{}',
    TELEGRAM_SECRET_ARN: '',
    TELEGRAM_BASE_URL: '',
    LOOP_SECONDS: '840',
  };
}
