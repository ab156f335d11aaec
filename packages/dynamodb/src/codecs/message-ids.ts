import type { ChannelName } from '@quakewire/core';

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

/** Hex groups of 16-8-4-4-4-12-6 digits (SES): 27 bytes. */
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

/** A whole number that counts the messages of a chat (Telegram): 5 bytes. */
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

/** 2 bits an endpoint, then the ids in order: in the provider's form at its fixed size, any other as length and text. */
export function packMessageIds(channel: ChannelName, ids: readonly (string | undefined)[]): Uint8Array | undefined {
  if (ids.every((id) => id === undefined)) return undefined;
  const flags = Buffer.alloc(Math.ceil(ids.length / 4));
  const parts = ids.map((id, index) => {
    if (id === undefined) return Buffer.alloc(0);
    const fixed = forms[channel].pack(id);
    setFlag(flags, index, fixed ? kinds.fixed : kinds.text);
    return fixed ?? withLength(id);
  });
  return Buffer.concat([flags, ...parts]);
}

export function unpackMessageIds(
  channel: ChannelName,
  packed: Uint8Array | undefined,
  endpoints: number,
): (string | undefined)[] {
  if (!packed) return new Array(endpoints).fill(undefined);
  const buffer = Buffer.from(packed);
  const { size, unpack } = forms[channel];
  let at = Math.ceil(endpoints / 4);
  const next = (length: number): Buffer => {
    at += length;
    return buffer.subarray(at - length, at);
  };
  return Array.from({ length: endpoints }, (_, index) => {
    const kind = flagAt(buffer, index);
    if (kind === kinds.none) return undefined;
    return kind === kinds.fixed ? unpack(next(size)) : next(next(1).readUInt8(0)).toString('utf8');
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
