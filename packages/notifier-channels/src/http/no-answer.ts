import type { Delivery } from '@quakewire/core';

/** A request that ended without a complete answer. Says nothing of where it went: safe to log. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** Why, in the network layer's word: `ECONNREFUSED`, `ECONNRESET`, `ABORT_ERR`, ... */
  readonly code: string;
  /** The connection stood and the request may have left this machine: the receiver may have acted on it. */
  readonly written: boolean;

  constructor(cause: unknown, written: boolean) {
    const code = codeOf(cause);
    super(code);
    this.code = code;
    this.written = written;
  }
}

/** The error's own short code, else its name; never its message, which may hold an address. */
const codeOf = (cause: unknown): string => {
  const { code, name } = Object(cause) as { code?: unknown; name?: unknown };
  return [code, name].find((word): word is string => typeof word === 'string' && /^\w{1,64}$/.test(word)) ?? 'unknown';
};

/** Not written: nobody can have seen it. Written: it may have been sent, so it is never silently tried again. */
export const deliveryWithoutAnswer = ({ code, written }: NoAnswer): Delivery => ({
  outcome: written ? 'ambiguous' : 'transient',
  reason: `network:${code}`,
});
