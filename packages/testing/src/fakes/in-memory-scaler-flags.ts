import type { RaisedFlag, ScalerFlag, ScalerFlags } from '@quakewire/core';

export function createInMemoryScalerFlags(nowMs: () => number): ScalerFlags {
  const raised = new Map<ScalerFlag, RaisedFlag>();
  return {
    read: async () =>
      Object.fromEntries([...raised].filter(([, { untilMs }]) => untilMs === undefined || untilMs > nowMs())),
    raise: async (flag, value) => void raised.set(flag, value),
    lower: async (flag) => void raised.delete(flag),
  };
}
