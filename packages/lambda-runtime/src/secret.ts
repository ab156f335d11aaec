import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';

/**
 * Reads a JSON secret and parses it by `schema`.
 * @throws Error that names the secret's ARN and the fields that are wrong, never a value.
 */
export async function readSecret<Schema extends z.ZodType>(
  client: SecretsManagerClient,
  secretArn: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const result = schema.safeParse(parseJson(SecretString ?? ''));
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.') || '(whole value)');
  throw new Error(`secret ${secretArn} is not usable: check ${[...new Set(fields)].join(', ')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
