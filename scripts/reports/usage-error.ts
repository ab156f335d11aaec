/** A mistake in the arguments: one line for people, exit code 2. It never repeats a value, which may be an address. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
