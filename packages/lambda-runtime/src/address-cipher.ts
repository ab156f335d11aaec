import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import * as z from 'zod';

/** The secret that holds the keys: ids are whole numbers from 0 to 255, keys 32 bytes as base64; `current` seals. */
export const addressKeysSchema = z.strictObject({
  keys: z.record(z.string().regex(/^(0|[1-9]\d{0,2})$/), z.base64().length(44)),
  current: z.string(),
});
export type AddressKeys = z.infer<typeof addressKeysSchema>;

/** Addresses as they lie in the table: key id (1 byte), nonce (12), ciphertext, tag (16). */
export interface AddressCipher {
  seal(address: string): Uint8Array;
  /** @throws Error when the address was not sealed with a key that is known, or was changed. Never says what it holds. */
  open(sealedAddress: Uint8Array): string;
}

const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + nonceBytes;

/** AES-256-GCM. @throws when the current key is not among the keys, or an id does not fit into a byte. */
export function createAddressCipher({ keys, current }: AddressKeys): AddressCipher {
  const byId = new Map(Object.entries(keys).map(([id, key]) => [Number(id), Buffer.from(key, 'base64')]));
  const currentId = Number(current);
  const currentKey = byId.get(currentId);
  if (!currentKey) throw new Error('address keys are not usable: current names no key');
  if (Math.max(...byId.keys()) > 255) throw new Error('address keys are not usable: a key id is above 255');
  return {
    seal(address) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', currentKey, nonce);
      const text = Buffer.concat([cipher.update(address, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(currentId), nonce, text, cipher.getAuthTag()]);
    },
    open(sealedAddress) {
      const key = byId.get(sealedAddress[0] ?? -1);
      if (!key || sealedAddress.length < headBytes + tagBytes)
        throw new Error('the address is not sealed with a known key');
      const end = sealedAddress.length - tagBytes;
      const decipher = createDecipheriv('aes-256-gcm', key, sealedAddress.subarray(1, headBytes));
      decipher.setAuthTag(sealedAddress.subarray(end));
      return decipher.update(sealedAddress.subarray(headBytes, end), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
