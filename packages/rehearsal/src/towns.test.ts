import { epicentralDistanceKm } from '@quakewire/core';
import { createEndpoints, townPlace, townRadiusKm } from './towns.ts';

test('more endpoints hold the fewer, and nobody has the id or the address of another', () => {
  const many = createEndpoints('webhook', 2_000);
  expect(many.slice(0, 500)).toEqual(createEndpoints('webhook', 500));
  for (const field of ['id', 'address'] as const) expect(new Set(many.map((one) => one[field])).size).toBe(2_000);
});

test('a town holds its own people and nobody else', () => {
  const concerned = createEndpoints('telegram', 20_000).filter(
    (one) => epicentralDistanceKm(one, townPlace(7)) <= townRadiusKm,
  );
  expect(concerned).toHaveLength(100);
});
