import * as z from 'zod';
import { InputError } from './cli/input-error.ts';

const said = z.string().trim().min(1);

const variables = z.object({
  KAFKA_BOOTSTRAP_SERVERS: said,
  KAFKA_TLS: z.enum(['true', 'false']).transform((value) => value === 'true'),
  KAFKA_SASL_USERNAME: said,
  KAFKA_SASL_PASSWORD: said,
});

export type ScalingEnvironment = z.output<typeof variables>;

/** @throws {InputError} Naming every variable that is missing or wrong, never a value. */
export function parseEnvironment(environment: Readonly<Record<string, string | undefined>>): ScalingEnvironment {
  const parsed = variables.safeParse(environment);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
  throw new InputError(`set ${names.join(', ')} (KAFKA_TLS to true or false)`);
}
