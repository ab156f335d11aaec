import type { ChannelName } from '@quakewire/core';

/** What a channel's rows and answers look like, as long as real ones: the tables are paid for by the byte. */
export interface ChannelShape {
  /** What its provider allows, messages a second. */
  ratePerSecond: number;
  /** Half as many again as slots, so that every wake-up has a partition of its own. */
  partitions: number;
  address(number: number): string;
  messageId(number: number, acceptedAtMs: number): string;
}

const hexDigits = (value: number, digits: number): string => Math.floor(value).toString(16).padStart(digits, '0');
const fast = { ratePerSecond: 2_000, partitions: 30 };

export const channelShapes: Readonly<Record<ChannelName, ChannelShape>> = {
  sms: {
    ...fast,
    address: (number) => `+4070${String(number).padStart(7, '0')}`,
    messageId: () => `SM${crypto.randomUUID().replaceAll('-', '')}`,
  },
  email: {
    ...fast,
    address: (number) => `subscriber.${String(number).padStart(7, '0')}@example.com`,
    // Frankfurt's 2 bytes, then the time.
    messageId: (_, acceptedAtMs) => `0107${hexDigits(acceptedAtMs, 12)}-${crypto.randomUUID()}-000000`,
  },
  telegram: {
    ...{ ratePerSecond: 30, partitions: 3 },
    address: (number) => String(1_000_000_000 + number),
    messageId: (number) => String(3_000_000 + number),
  },
  webhook: {
    ...fast,
    address: (number) => `https://receiver.example.com/earthquakes/${String(number).padStart(7, '0')}`,
    messageId: () => '',
  },
};
