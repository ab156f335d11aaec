import type { Source } from '../sources/source.ts';

/** Where counts and ages go: CloudWatch's embedded metric format. */
export interface SourceMetrics {
  add(name: string, value: number, unit?: 'Count' | 'Milliseconds' | 'None'): void;
  flush(): void;
}

/** Counts of every source since the shift began, and how long ago it was last heard: a quiet feed is not a healthy one. */
export function reportSources(sources: readonly Source[], metrics: SourceMetrics, nowMs: number): void {
  for (const source of sources) {
    const { parsed, skipped, rejected, failures, lastHeardAtMs } = source.health();
    for (const [name, count] of Object.entries({ parsed, skipped, rejected, failures }))
      metrics.add(`${source.name}.${name}`, count);
    if (lastHeardAtMs !== undefined) metrics.add(`${source.name}.silence`, nowMs - lastHeardAtMs, 'Milliseconds');
  }
  metrics.flush();
}
