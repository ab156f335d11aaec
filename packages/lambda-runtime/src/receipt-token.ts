import { createHmac, timingSafeEqual } from 'node:crypto';
import { type PageKey, pageName, pageOfName } from '@quakewire/core';

/** What a receipt is about: the page item and the endpoint's position in it. */
export interface ReceiptPlace {
  page: PageKey;
  slot: number;
}

/** Names a place so that only we can have named it: a receipt's address needs no index, and nobody can make one up. */
export interface ReceiptTokens {
  /** Letters, digits, `-`, `_` and one `.`. */
  create(place: ReceiptPlace): string;
  /** Undefined where it is not a token of ours. */
  open(token: string): ReceiptPlace | undefined;
}

/** 128 bits. */
const signatureBytes = 16;

export function createReceiptTokens(key: Uint8Array): ReceiptTokens {
  const sign = (name: string): Buffer => createHmac('sha256', key).update(name).digest().subarray(0, signatureBytes);
  return {
    create({ page, slot }) {
      const name = `${pageName(page)}#${slot}`;
      return `${Buffer.from(name).toString('base64url')}.${sign(name).toString('base64url')}`;
    },
    open(token) {
      const [packed = '', signature = ''] = token.split('.');
      const name = Buffer.from(packed, 'base64url').toString('utf8');
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== signatureBytes || !timingSafeEqual(given, sign(name))) return undefined;
      const at = name.lastIndexOf('#');
      const page = pageOfName(name.slice(0, at));
      return page && { page, slot: Number(name.slice(at + 1)) };
    },
  };
}
