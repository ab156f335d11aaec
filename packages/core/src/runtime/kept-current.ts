/** A value that is read ahead of its use, so that an alert does not wait for it. */
export interface KeptCurrent<Value> {
  /** The value as it was last read; reads it where it never was. */
  get(): Promise<Value>;
  /** Reads it anew; on a failure the old one stays. */
  refresh(): Promise<Value>;
}

export function keepCurrent<Value>(read: () => Promise<Value>): KeptCurrent<Value> {
  let kept: { value: Value } | undefined;
  async function refresh(): Promise<Value> {
    const value = await read();
    kept = { value };
    return value;
  }
  return { refresh, get: async () => (kept ? kept.value : refresh()) };
}
