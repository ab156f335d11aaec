import { parseLetter } from './letter-queues.ts';

test('a letter of ours is read as it was written', () => {
  const poison = { schema: 1, type: 'poison', id: 't/0/1', channel: 'sms', reason: 'value: is empty', payload: '' };
  expect(parseLetter('m1', JSON.stringify(poison))).toEqual(poison);
});

test.each([
  ['not JSON', '+40 700 000 000'],
  [
    'a batch that AWS gave up: RetryAttemptsExhausted',
    JSON.stringify({ requestContext: { condition: 'RetryAttemptsExhausted' } }),
  ],
  ['not a letter of a known schema: check type', JSON.stringify({ schema: 9, address: '+40 700 000 000' })],
])('anything else is named by what is wrong: %s', (reason, body) => {
  expect(parseLetter('m1', body)).toEqual({ type: 'unknown', id: 'm1', reason });
});

test.each(['null', '7', '"text"', '[]'])('%s is not a letter, and no error', (body) => {
  expect(parseLetter('m1', body)).toMatchObject({ type: 'unknown' });
});
