import { randomBytes } from 'node:crypto';
import { PutSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ChannelName } from '@quakewire/core';
import type { Stack } from '@quakewire/local-stack';

/** What Terraform leaves to a person: the secrets' values. Fresh for each demo; only the sinks and the broker know them. */
export interface DemoSecrets {
  addressKeys: { keys: Record<string, string>; current: string };
  webhookSigningKey: string;
  /** What the institute signs its bulletins with. */
  ingestKeys: IngestKeys;
}

/** As the secret `ingest-keys` holds them. */
export interface IngestKeys {
  keys: Record<string, { secret: string; network: string; exercise: boolean }>;
}

/** The key of the institute: whatever it signs is an exercise. */
export const exerciseKeyId = 'demo-exercise';

export const createDemoSecrets = (): DemoSecrets => ({
  addressKeys: { keys: { 1: randomBytes(32).toString('base64') }, current: '1' },
  webhookSigningKey: randomBytes(32).toString('base64url'),
  ingestKeys: {
    keys: { [exerciseKeyId]: { secret: randomBytes(32).toString('base64'), network: 'demo', exercise: true } },
  },
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
    'kafka-ingest': kafka.ingest,
    'kafka-mapping': kafka.mapping,
    'address-key': secrets.addressKeys,
    'ingest-keys': secrets.ingestKeys,
    ...Object.fromEntries(
      Object.entries(providers)
        .map(([channel, value]) => [`provider-${channel}`, value] as const)
        // A policy need not have every channel.
        .filter(([name]) => name in arns),
    ),
  };
  const missing = Object.keys(values).find((name) => !arns[name]);
  if (missing) throw new Error(`Terraform's outputs name no secret ${missing}`);
  await Promise.all(
    Object.entries(values).map(([name, value]) =>
      client.send(new PutSecretValueCommand({ SecretId: arns[name], SecretString: JSON.stringify(value) })),
    ),
  );
}
