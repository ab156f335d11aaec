import { createRequest } from '../testing-support/mapping-request.ts';
import { createMappingSchema, mappingConfigurationSchema } from '../wire/mapping-schemas.ts';
import { credentialSource, parseKafkaSecret } from './kafka-credentials.ts';

const configuration = (accesses: unknown[]) => {
  const { FunctionName: _name, Enabled: _enabled, ...rest } = createRequest({ SourceAccessConfigurations: accesses });
  return mappingConfigurationSchema.parse(rest);
};

test.each([
  ['BASIC_AUTH', 'plain'],
  ['SASL_SCRAM_256_AUTH', 'scram-sha-256'],
  ['SASL_SCRAM_512_AUTH', 'scram-sha-512'],
])('%s authenticates by %s with the secret (kafka-cluster-auth)', (type, mechanism) => {
  const accesses = [
    { Type: 'VPC_SUBNET', URI: 'subnet:1' },
    { Type: type, URI: 'arn:s' },
  ];
  expect(credentialSource(configuration(accesses))).toEqual({ mechanism, secretArn: 'arn:s' });
});

test('without authentication the connection is plaintext', () => {
  expect(credentialSource(configuration([]))).toBeNull();
});

test('an authentication that the gateway cannot do is refused when the mapping is made', () => {
  const accesses = [{ Type: 'CLIENT_CERTIFICATE_TLS_AUTH', URI: 'arn:s' }];
  const parsed = createMappingSchema.safeParse(createRequest({ SourceAccessConfigurations: accesses }));
  expect(parsed.error?.issues[0]?.path).toEqual(['SourceAccessConfigurations', 0, 'Type']);
});

test.each([undefined, '', 'hunter2', '{"username":"u"}', '{"username":"","password":"hunter2"}'])(
  'a secret without username and password is an error that names it, and never shows it',
  (text) => {
    expect(() => parseKafkaSecret(text, 'arn:s')).toThrow(
      /^the secret arn:s must be JSON with "username" and "password"$/,
    );
  },
);
