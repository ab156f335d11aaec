export type Unit = 'Count' | 'Milliseconds' | 'None';

/** Counts and times as CloudWatch embedded metric format, one JSON line a flush. */
export interface Metrics {
  add(name: string, value: number, unit?: Unit): void;
  flush(): void;
}

/**
 * @param dimensions few and bounded (function, channel): each combination is a paid metric.
 * @param write receives one line without newline; stdout in a Lambda.
 */
export function createMetrics(
  dimensions: Record<string, string>,
  nowMs: () => number,
  write: (line: string) => void,
): Metrics {
  let values = new Map<string, { unit: Unit; values: number[] }>();
  return {
    add(name, value, unit = 'Count') {
      const entry = values.get(name) ?? { unit, values: [] };
      entry.values.push(value);
      values.set(name, entry);
    },
    flush() {
      if (values.size === 0) return;
      const metrics = [...values].map(([Name, { unit }]) => ({ Name, Unit: unit }));
      const directive = { Namespace: 'quakewire', Dimensions: [Object.keys(dimensions)], Metrics: metrics };
      const fields = Object.fromEntries([...values].map(([name, entry]) => [name, entry.values]));
      values = new Map();
      write(JSON.stringify({ _aws: { Timestamp: nowMs(), CloudWatchMetrics: [directive] }, ...dimensions, ...fields }));
    },
  };
}
