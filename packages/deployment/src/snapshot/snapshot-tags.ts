/** An annotated tag: a commit, and a message that is the manifest. */
export interface SnapshotTag {
  /** 40 hex digits. */
  commit: string;
  message: string;
}

/** Where snapshots are kept. A tag is written once and never moved. */
export interface SnapshotTags {
  /** @throws {SnapshotExistsError} When there is a tag of this name; it stays as it is. */
  create(name: string, tag: SnapshotTag): Promise<void>;
  /** Undefined when there is no annotated tag of this name. */
  read(name: string): Promise<SnapshotTag | undefined>;
  /** Names that begin so, newest first. */
  list(prefix: string): Promise<string[]>;
}

export class SnapshotExistsError extends Error {
  override name = 'SnapshotExistsError';
}

/** Snapshots' names begin with their time, so that the order of the text is the order of time. */
export const newestFirst = (names: readonly string[]): string[] => [...names].sort().reverse();
