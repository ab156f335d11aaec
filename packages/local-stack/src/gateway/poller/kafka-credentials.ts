import * as z from 'zod';
import type { MappingConfiguration } from '../wire/mapping-schemas.ts';

export interface KafkaCredentials {
  mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  username: string;
  password: string;
}

const mechanisms = {
  BASIC_AUTH: 'plain',
  SASL_SCRAM_256_AUTH: 'scram-sha-256',
  SASL_SCRAM_512_AUTH: 'scram-sha-512',
} as const;

const secretSchema = z.object({ username: z.string().min(1), password: z.string().min(1) });
export type UsernamePassword = z.infer<typeof secretSchema>;

/** Which secret authenticates the mapping, and how; null = plaintext (https://docs.aws.amazon.com/lambda/latest/dg/kafka-cluster-auth.html). */
export function credentialSource(
  configuration: MappingConfiguration,
): { mechanism: KafkaCredentials['mechanism']; secretArn: string } | null {
  for (const { Type: type, URI: secretArn } of configuration.SourceAccessConfigurations ?? []) {
    if (type in mechanisms) return { mechanism: mechanisms[type as keyof typeof mechanisms], secretArn };
  }
  return null;
}

/** The secret's text: `{"username":"...","password":"..."}`. Errors name the secret, never its content. */
export function parseKafkaSecret(text: string | undefined, secretArn: string): UsernamePassword {
  try {
    return secretSchema.parse(JSON.parse(text ?? ''));
  } catch {
    throw new Error(`the secret ${secretArn} must be JSON with "username" and "password"`);
  }
}
