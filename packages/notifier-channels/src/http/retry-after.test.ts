import { retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-03-04T10:00:00Z');

it.each([
  [undefined, undefined],
  ['', undefined],
  ['soon', undefined],
  ['0', 0],
  ['7', 7000],
  ['Wed, 04 Mar 2026 10:00:05 GMT', 5000],
  ['Wed, 04 Mar 2026 09:00:00 GMT', 0],
])('a Retry-After of %j asks for a wait of %p ms', (header, waitMs) => {
  expect(retryAfterMs(header, now)).toBe(waitMs);
});
