import type { ChannelName } from './channel/channel.ts';
import type { Place } from './place/geodesy.ts';

/** Names one endpoint's row: where it is kept. */
export interface RowKey {
  endpointId: string;
  cell: string;
  sortKey: string;
}

/** Every day from (inclusive) until (exclusive), in minutes since local midnight; over midnight where `from` is larger. */
export interface QuietHours {
  fromMinute: number;
  toMinute: number;
}

/** One address of one subscriber on one channel, at one place. */
export interface Endpoint extends Place {
  /** 8 bytes as 16 hex digits: 6 random bytes of the person, then 2 bytes number. */
  id: string;
  channel: ChannelName;
  /** ISO 3166-1 alpha-2, for rates and counts. */
  country: string;
  /** BCP 47 primary language. */
  language: string;
  /** Ciphertext of the address (AES-256-GCM); opened only by the consumer just before sending. */
  sealedAddress: Uint8Array;
  /** Concerned when the expected intensity (MMI) at the place reaches this. */
  minimumIntensity: number;
  /** In force from (inclusive) until (exclusive), milliseconds since the epoch. */
  validFromMs: number;
  validToMs?: number;
  /** Opted out (STOP), at once. */
  optedOut: boolean;
  /** When only strong shaking is told of (see `isLeftAsleep`), in the local time of the place. */
  quietHours?: QuietHours;
  /** The person's row on the backup channel: told instead where every attempt here failed. */
  backup?: RowKey;
  /** Told only where another of the person's endpoints failed, never by a run of its own. */
  isBackup?: boolean;
}

/** Who a person is across channels and places: the first 6 bytes of the endpoint id. */
export const personOf = (endpointId: string): string => endpointId.slice(0, 12);
