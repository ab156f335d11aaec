import * as z from 'zod';
import { broadcastVariables, isPosting } from './environment.ts';

const variables = {
  ALERT_FILES_BUCKET: 'alert-files',
  ALERT_FILES_URL: 'https://alerts.quakewire.example',
  CAP_SENDER: 'alerts@quakewire.example',
  CAP_SENDER_NAME: 'Test Institute',
  PUBLIC_CHATS: '{"ro": "@cutremure"}',
  TELEGRAM_SECRET_ARN: 'arn',
  TELEGRAM_BASE_URL: '',
};
const parse = (changes: object) => z.object(broadcastVariables).safeParse({ ...variables, ...changes });

describe('environment of whoever broadcasts', () => {
  it('names chats by language, or none', () => {
    const [some, none] = [parse({}).data, parse({ PUBLIC_CHATS: '{}' }).data];
    expect(some?.PUBLIC_CHATS).toEqual({ ro: '@cutremure' });
    expect(none?.PUBLIC_CHATS).toEqual({});
    expect([some && isPosting(some), none && isPosting(none)]).toEqual([true, false]);
  });

  it.each([
    ['a chat in a language without texts', { PUBLIC_CHATS: '{"fr": "@seismes"}' }],
    ['chats that are no JSON', { PUBLIC_CHATS: '@cutremure' }],
    ['a sender that CAP could not tell from two', { CAP_SENDER: 'alerts,quakewire' }],
    ['an address with a slash at its end', { ALERT_FILES_URL: 'https://alerts.quakewire.example/' }],
    ['no bucket', { ALERT_FILES_BUCKET: '' }],
  ])('is refused at the start: %s', (_what, changes) => {
    expect(parse(changes).success).toBe(false);
  });
});
