/** An option or a file that cannot be used; the message is one clear sentence. Exit code 2, nothing written. */
export class InputError extends Error {
  override name = 'InputError';
}
