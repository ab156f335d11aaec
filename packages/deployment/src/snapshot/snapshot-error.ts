/** A snapshot that does not exist or cannot be used; one sentence. Exit code 2, nothing written, nothing applied. */
export class UnusableSnapshotError extends Error {
  override name = 'UnusableSnapshotError';
}
