import type { ChannelName } from '@quakewire/core';

/** What a channel's rows and answers look like, as long as real ones: the tables are paid for by the byte. */
export interface ChannelShape {
  /** What its provider allows, messages a second. */
  ratePerSecond: number;
  /** Half as many again as slots, so that every wake-up has a partition of its own. */
  partitions: number;
  address(number: number): string;
  messageId(number: number): string;
}

const hex = (digits: number): string => crypto.randomUUID().replaceAll('-', '').slice(0, digits);
const fast = { ratePerSecond: 2_000, partitions: 30 };

export const channelShapes: Readonly<Record<ChannelName, ChannelShape>> = {
  sms: {
    ...fast,
    address: (number) => `+4070${String(number).padStart(7, '0')}`,
    messageId: () => `SM${hex(32)}`,
  },
  email: {
    ...fast,
    address: (number) => `subscriber.${String(number).padStart(7, '0')}@example.com`,
    messageId: () => `0100018${hex(9)}-${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}-000000`,
  },
  telegram: {
    ...{ ratePerSecond: 30, partitions: 3 },
    address: (number) => String(1_000_000_000 + number),
    messageId: (number) => String(100 + (number % 900)),
  },
  webhook: {
    ...fast,
    address: (number) => `https://receiver.example.com/earthquakes/${String(number).padStart(7, '0')}`,
    messageId: () => '',
  },
};
