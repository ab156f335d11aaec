import { randomBytes } from 'node:crypto';
import { PutSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ChannelName } from '@quakewire/core';
import type { Stack } from '@quakewire/local-stack';

/** What Terraform leaves to a person: the secrets' values. Fresh for each demo; only the sinks and the broker know them. */
export interface DemoSecrets {
  addressKeys: { keys: Record<string, string>; current: string };
  webhookSigningKey: string;
}

export const createDemoSecrets = (): DemoSecrets => ({
  addressKeys: { keys: { 1: randomBytes(32).toString('base64') }, current: '1' },
  webhookSigningKey: randomBytes(32).toString('base64url'),
});

/** @param arns by name, as the pipeline's outputs give them. */
export async function putSecrets(
  client: SecretsManagerClient,
  arns: Readonly<Record<string, string>>,
  secrets: DemoSecrets,
  kafka: Stack['kafka'],
): Promise<void> {
  const providers: Record<ChannelName, unknown> = {
    sms: { accountSid: `AC${randomBytes(16).toString('hex')}`, authToken: randomBytes(16).toString('hex') },
    email: {},
    telegram: { botToken: `1:${randomBytes(16).toString('hex')}` },
    webhook: { signingKey: secrets.webhookSigningKey },
  };
  const values: Record<string, unknown> = {
    'kafka-producer': kafka.producer,
    'kafka-mapping': kafka.mapping,
    'address-key': secrets.addressKeys,
    ...Object.fromEntries(Object.entries(providers).map(([channel, value]) => [`provider-${channel}`, value])),
  };
  await Promise.all(
    Object.entries(values).map(([name, value]) => {
      const SecretId = arns[name];
      if (!SecretId) throw new Error(`Terraform's outputs name no secret ${name}`);
      return client.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(value) }));
    }),
  );
}
