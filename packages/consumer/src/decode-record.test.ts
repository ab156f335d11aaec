import fc from 'fast-check';
import { decodeRecord } from './decode-record.ts';

const encoded = (document: unknown): string => Buffer.from(JSON.stringify(document)).toString('base64');
const wakeUp = { schema: 1, type: 'wakeUp', earthquakeId: 'eq1', seq: 1, channel: 'sms', segment: 0, rank: 0 };

test('a wake-up and a heartbeat are read, unknown fields are dropped', () => {
  expect(decodeRecord(encoded({ ...wakeUp, later: true }), 'sms')).toEqual({ message: wakeUp });
  const heartbeat = { schema: 1, type: 'heartbeat', channel: 'sms' };
  expect(decodeRecord(encoded(heartbeat), 'sms')).toEqual({ message: heartbeat });
});

test.each([
  ['an empty value', undefined, 'value: is empty'],
  ['no base64', 'not base64!', 'value: is not base64'],
  ['no JSON', Buffer.from('{').toString('base64'), 'value: is not JSON'],
  ['an unknown schema version', encoded({ ...wakeUp, schema: 2 }), 'schema'],
  ['an unknown type', encoded({ ...wakeUp, type: 'dance' }), 'type'],
  ['an absurd position', encoded({ ...wakeUp, segment: -1 }), 'segment'],
  ['an absurd count of segments', encoded({ ...wakeUp, segment: 1_000_000 }), 'segment'],
  ['an absurd count of workers', encoded({ ...wakeUp, rank: 1_000_000 }), 'rank'],
  ['an absurd count of alerts', encoded({ ...wakeUp, seq: 1_000_000 }), 'seq'],
  ['another channel', encoded({ ...wakeUp, channel: 'email' }), 'channel: is not sms'],
])('%s is refused by name', (_what, value, problem) => {
  expect(decodeRecord(value, 'sms')).toEqual({ problem: expect.stringContaining(problem) });
});

test('no value at all makes it throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.base64String(), fc.json().map(encoded)),
      (value) => void decodeRecord(value, 'sms'),
    ),
  );
});
