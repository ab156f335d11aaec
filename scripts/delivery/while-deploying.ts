import { createDynamoDbClient, createScalerFlags } from '@quakewire/dynamodb';

/** Longer than any apply takes: a run that was killed must not freeze the scaler for ever. */
const longestMs = 3_600_000;

/** Keeps the scaler away while an environment changes: its flag is raised before the work and lowered after it, however it ends. */
export async function whileDeploying<T>(environment: string, reason: string, work: () => Promise<T>): Promise<T> {
  const client = createDynamoDbClient();
  const flags = createScalerFlags({ client, table: `quakewire-${environment}-dispatch`, nowMs: Date.now });
  try {
    const sinceMs = Date.now();
    await flags.raise('deployInFlight', { reason, sinceMs, untilMs: sinceMs + longestMs });
    return await work().finally(() => flags.lower('deployInFlight'));
  } finally {
    client.destroy();
  }
}
