/** What AWS says of one channel's consumer now. */
export interface LiveConsumer {
  mapping: {
    state: string;
    /** Whether it calls the alias `live`, not a version or the newest code. */
    isOnAlias: boolean;
    /** Null when AWS says none: its default then is half a second. */
    batchingWindowSeconds: number | null;
    /** Both null on demand. */
    minimumPollers: number | null;
    maximumPollers: number | null;
  };
  /** Null when nothing is reserved. */
  reservedConcurrency: number | null;
  warmWorkers: number;
  alias: {
    /** Whether the alias serves the newest code and memory. */
    isNewest: boolean;
    /** Whether part of its calls goes to another version. */
    hasWeights: boolean;
  };
}

export interface LiveConsumers {
  read(channel: string): Promise<LiveConsumer>;
  /** Sets the batching window to 0, which Terraform's provider drops when it makes a mapping, and waits until it polls again. */
  closeBatchingWindow(channel: string): Promise<void>;
}
