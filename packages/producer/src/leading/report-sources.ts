import type { Source } from '../sources/source.ts';

/** Where counts and ages go: CloudWatch's embedded metric format. */
export interface SourceMetrics {
  add(name: string, value: number, unit?: 'Count' | 'Milliseconds' | 'None'): void;
  flush(): void;
}

/**
 * Counts of every source since the shift began, and its freshness: the time since its feed last answered (`silence`) and
 * the age of the newest bulletin that it lists (`bulletinAge`). A feed that answers may still be one that stopped.
 */
export function reportSources(sources: readonly Source[], metrics: SourceMetrics, nowMs: number): void {
  for (const source of sources) {
    const { parsed, skipped, rejected, failures, ...freshness } = source.health();
    for (const [name, count] of Object.entries({ parsed, skipped, rejected, failures }))
      metrics.add(`${source.name}.${name}`, count);
    const { listeningSinceMs, lastHeardAtMs, newestVersionMs } = freshness;
    metrics.add(`${source.name}.silence`, nowMs - (lastHeardAtMs ?? listeningSinceMs), 'Milliseconds');
    if (newestVersionMs !== undefined)
      metrics.add(`${source.name}.bulletinAge`, nowMs - newestVersionMs, 'Milliseconds');
  }
  metrics.flush();
}
