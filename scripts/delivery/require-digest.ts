import { InputError } from '@quakewire/scaling';

/** @throws {InputError} For anything but the digest of a reviewed change. */
export function requireDigest(digest: string): void {
  if (!/^[0-9a-f]{64}$/.test(digest)) throw new InputError('--digest must be a SHA-256 in hex (64 characters)');
}
