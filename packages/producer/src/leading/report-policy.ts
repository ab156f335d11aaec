import type { Logger, PolicyInForce } from '@quakewire/core';
import type { SourceMetrics } from './report-sources.ts';

/** The version in force, and an alarm while a newer one is refused or there is none. */
export function reportPolicy({ policy, faults }: PolicyInForce, metrics: SourceMetrics, logger: Logger): void {
  metrics.add('alertPolicy.refused', faults.length);
  metrics.flush();
  if (faults.length > 0) logger.error({ inForce: policy.version, faults }, 'alert policy refused');
}
