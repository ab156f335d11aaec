/** Which offset of one partition may be committed: nothing received before it is still unsettled. */
export interface OffsetTracker {
  received(offset: number): void;
  settled(offset: number): void;
  /** The next offset to read after a restart, or null when nothing was settled since the last commit. */
  uncommitted(): number | null;
  committed(offset: number): void;
}

/** Offsets arrive in ascending order; they may be settled in any order, as a partial response leaves holes. */
export function createOffsetTracker(): OffsetTracker {
  // A set iterates in the order of insertion, so its first member is the lowest open offset.
  const open = new Set<number>();
  let afterHighestSettled = 0;
  let committedOffset = 0;

  const position = () => {
    const [lowestOpen] = open;
    return lowestOpen === undefined ? afterHighestSettled : Math.min(lowestOpen, afterHighestSettled);
  };
  return {
    received: (offset) => void open.add(offset),
    settled(offset) {
      if (!open.delete(offset)) return;
      afterHighestSettled = Math.max(afterHighestSettled, offset + 1);
    },
    uncommitted: () => (position() > committedOffset ? position() : null),
    committed: (offset) => {
      committedOffset = Math.max(committedOffset, offset);
    },
  };
}
