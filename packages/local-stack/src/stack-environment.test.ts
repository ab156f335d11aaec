import { stackEnvironment } from './stack-environment.ts';

const at = (port: number) => `http://127.0.0.1:${port}`;
const environment = stackEnvironment({
  gatewayUrl: at(1),
  bootstrapServers: '127.0.0.1:2',
  sinks: { sms: at(3), email: at(4), telegram: at(5), webhook: at(6), control: at(7) },
  admin: { username: 'terraform', password: 'secret' },
  terraformCliConfigFile: '/data/terraform.rc',
});

describe("the stack's variables", () => {
  it('send every AWS call to the gateway and switch the real configuration off', () => {
    expect(environment).toMatchObject({
      AWS_ENDPOINT_URL: at(1),
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    });
    expect(Object.keys(environment).filter((name) => name.startsWith('AWS_ENDPOINT_URL'))).toEqual([
      'AWS_ENDPOINT_URL',
    ]);
  });

  it('give Terraform its values in the types that the roots declare', () => {
    expect(JSON.parse(environment.TF_VAR_kafka_bootstrap_servers ?? '')).toEqual(['127.0.0.1:2']);
    expect(JSON.parse(environment.TF_VAR_provider_base_urls ?? '')).toEqual({
      sms: at(3),
      email: at(4),
      telegram: at(5),
      webhook: at(6),
    });
  });
});
