import { REGION } from './parts/emulator.ts';
import type { KafkaUser } from './parts/kafka-properties.ts';
import type { Sinks } from './sinks/start-sinks.ts';

export interface EnvironmentInputs {
  readonly gatewayUrl: string;
  readonly bootstrapServers: string;
  readonly sinks: Sinks['urls'];
  /** The user that Terraform makes the topics with. */
  readonly admin: KafkaUser;
  readonly terraformCliConfigFile: string;
}

/**
 * What Terraform, scripts and clients need to meet the local stack instead of AWS: variables only, no change of code or HCL.
 * The credentials are the emulator's fixed ones; the real AWS configuration of the machine is switched off on purpose.
 */
export function stackEnvironment(inputs: EnvironmentInputs): Record<string, string> {
  const { control: _control, ...providerBaseUrls } = inputs.sinks;
  return {
    AWS_ENDPOINT_URL: inputs.gatewayUrl,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    KAFKA_BOOTSTRAP_SERVERS: inputs.bootstrapServers,
    KAFKA_TLS: 'false',
    KAFKA_SASL_USERNAME: inputs.admin.username,
    KAFKA_SASL_PASSWORD: inputs.admin.password,
    TF_VAR_kafka_bootstrap_servers: JSON.stringify(inputs.bootstrapServers.split(',')),
    TF_VAR_kafka_tls: 'false',
    TF_VAR_provider_base_urls: JSON.stringify(providerBaseUrls),
    TF_CLI_CONFIG_FILE: inputs.terraformCliConfigFile,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
  };
}
