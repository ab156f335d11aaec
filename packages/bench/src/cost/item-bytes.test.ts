import { itemBytes } from './item-bytes.ts';

test('an item is as large as its names and values together', () => {
  const item = { pk: { S: 'é' }, n: { N: '1234' }, b: { B: new Uint8Array(10) }, yes: { BOOL: true } };
  expect(itemBytes(item)).toBe(2 + 2 + (1 + 3) + (1 + 10) + (3 + 1));
});

test('no item has no size', () => {
  expect(itemBytes({})).toBe(0);
});
