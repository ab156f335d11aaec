import { aPageKey } from '@quakewire/testing';
import { createReceiptTokens } from './receipt-token.ts';

const tokens = createReceiptTokens(Buffer.alloc(32, 1));
const place = { page: aPageKey({ channel: 'telegram', queued: { queue: 'backup', batch: 2 } }), slot: 99 };

test('a token opens to the place that it was made for', () => {
  expect(tokens.open(tokens.create(place))).toEqual(place);
  expect(tokens.create(place)).toMatch(/^[\w-]+\.[\w-]+$/);
});

test('a token of another key, of another place or cut short opens nothing', () => {
  const token = tokens.create(place);
  const [, signature] = token.split('.');
  const [other] = tokens.create({ ...place, slot: 98 }).split('.');
  expect(createReceiptTokens(Buffer.alloc(32, 2)).open(token)).toBeUndefined();
  expect(tokens.open(`${other}.${signature}`)).toBeUndefined();
  expect(tokens.open(token.slice(0, -2))).toBeUndefined();
  expect(tokens.open('')).toBeUndefined();
});
