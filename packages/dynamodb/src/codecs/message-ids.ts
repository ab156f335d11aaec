import type { ChannelName } from '@quakewire/core';
import { packRows, unpackRows } from './shared-columns.ts';

/** How a provider's own form of message id becomes a fixed number of bytes; undefined when an id has another form. */
interface Form {
  size: number;
  pack(id: string): Buffer | undefined;
  unpack(packed: Buffer): string;
}

/** `SM` and 32 hex digits (Twilio): 16 bytes. */
const twilio: Form = {
  size: 16,
  pack: (id) => (/^SM[0-9a-f]{32}$/.test(id) ? Buffer.from(id.slice(2), 'hex') : undefined),
  unpack: (packed) => `SM${packed.toString('hex')}`,
};

/**
 * Hex groups of 16-8-4-4-4-12-6 digits (SES): 27 bytes. Amazon documents no form; in ids seen of five regions, 2 bytes are
 * the region's, 6 milliseconds since the epoch, 16 a random UUID, and 3 zero.
 */
const ses: Form = {
  size: 27,
  pack: (id) =>
    /^[0-9a-f]{16}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{6}$/.test(id)
      ? Buffer.from(id.replaceAll('-', ''), 'hex')
      : undefined,
  unpack: (packed) =>
    packed.toString('hex').replace(/^(.{16})(.{8})(.{4})(.{4})(.{4})(.{12})(.{6})$/, '$1-$2-$3-$4-$5-$6-$7'),
};

const maximumTelegramId = 2 ** 40 - 1;

/** A whole number that counts the messages of a bot in all its private chats (Telegram): 5 bytes. */
const telegram: Form = {
  size: 5,
  pack(id) {
    if (!/^(0|[1-9]\d{0,12})$/.test(id) || Number(id) > maximumTelegramId) return undefined;
    const packed = Buffer.alloc(5);
    packed.writeUIntBE(Number(id), 0, 5);
    return packed;
  },
  unpack: (packed) => String(packed.readUIntBE(0, 5)),
};

/** Receivers of webhooks answer with no id of a known form. */
const webhook: Form = { size: 0, pack: () => undefined, unpack: () => '' };

const forms: Readonly<Record<ChannelName, Form>> = { sms: twilio, email: ses, telegram, webhook };

/** Ids of another form are kept as text and cut at this many bytes: an odd id must not keep a page from being settled. */
const maximumTextBytes = 255;
/** How the endpoint's id is kept, 2 bits an endpoint. */
const kinds = { none: 0, fixed: 1, text: 2 };

/** 2 bits an endpoint, then the ids in the provider's form with what they share written once, then each other as length and text. */
export function packMessageIds(channel: ChannelName, ids: readonly (string | undefined)[]): Uint8Array | undefined {
  if (ids.every((id) => id === undefined)) return undefined;
  const { size, pack } = forms[channel];
  const flags = Buffer.alloc(Math.ceil(ids.length / 4));
  const fixed: Buffer[] = [];
  const texts: Buffer[] = [];
  for (const [index, id] of ids.entries()) {
    if (id === undefined) continue;
    const packed = pack(id);
    setFlag(flags, index, packed ? kinds.fixed : kinds.text);
    if (packed) fixed.push(packed);
    else texts.push(withLength(id));
  }
  return Buffer.concat([flags, packRows(size, fixed), ...texts]);
}

export function unpackMessageIds(
  channel: ChannelName,
  packed: Uint8Array | undefined,
  endpoints: number,
): (string | undefined)[] {
  if (!packed) return new Array(endpoints).fill(undefined);
  const buffer = Buffer.from(packed);
  const { size, unpack } = forms[channel];
  const kindOf = Array.from({ length: endpoints }, (_, index) => flagAt(buffer, index));
  const fixed = kindOf.filter((kind) => kind === kinds.fixed).length;
  const { rows, rest } = unpackRows(size, fixed, buffer.subarray(Math.ceil(endpoints / 4)));
  let at = 0;
  const nextText = (): string => {
    const from = at + 1;
    at = from + rest.readUInt8(at);
    return rest.toString('utf8', from, at);
  };
  return kindOf.map((kind) => {
    if (kind === kinds.none) return undefined;
    return kind === kinds.fixed ? unpack(rows.shift() as Buffer) : nextText();
  });
}

function withLength(id: string): Buffer {
  const kept = Buffer.from(id).subarray(0, maximumTextBytes);
  return Buffer.concat([Buffer.from([kept.length]), kept]);
}

function setFlag(flags: Buffer, index: number, kind: number): void {
  const byte = index >> 2;
  flags[byte] = (flags[byte] ?? 0) | (kind << ((index & 3) * 2));
}

const flagAt = (flags: Buffer, index: number): number => ((flags[index >> 2] ?? 0) >> ((index & 3) * 2)) & 3;
