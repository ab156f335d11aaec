/** The create call as Terraform's provider sends it for a channel with provisioned pollers. */
export const createRequest = (given: Record<string, unknown> = {}) => ({
  BatchSize: 1,
  Enabled: true,
  FunctionName: 'arn:aws:lambda:eu-central-1:000000000000:function:quakewire-local-consumer-sms:live',
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['127.0.0.1:9'] } },
  SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'quakewire-local-sms' },
  SourceAccessConfigurations: [
    {
      Type: 'BASIC_AUTH',
      URI: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:quakewire-local/kafka-mapping',
    },
  ],
  StartingPosition: 'TRIM_HORIZON',
  Topics: ['dispatch.sms'],
  ...given,
});
