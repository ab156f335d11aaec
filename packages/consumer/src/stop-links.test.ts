import { longestStopUrlCharacters } from '@quakewire/core';
import fc from 'fast-check';
import { createStopLinks, stopBaseUrlSchema } from './stop-links.ts';

const endpointIds = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('hex'));

describe('stop links', () => {
  it('name the endpoint, are no longer than a text message has room for, and need no escaping', () => {
    const link = createStopLinks(stopBaseUrlSchema.parse('https://stop.example.or/'));
    fc.assert(
      fc.property(endpointIds, (id) => {
        const [, token = ''] = link?.(id).split('https://stop.example.or/') ?? [];
        expect(Buffer.from(token, 'base64url').toString('hex')).toBe(id);
        expect(link?.(id)).toHaveLength(longestStopUrlCharacters);
        expect(token).toMatch(/^[\w-]{11}$/);
      }),
    );
  });

  it('do not exist without a page', () => {
    expect(createStopLinks(stopBaseUrlSchema.parse(''))).toBeUndefined();
  });

  it.each([
    ['too long by one character', 'https://stop.example.org/'],
    ['without the slash that the token follows', 'https://stop.example.or'],
    ['not https, which one-click unsubscription asks for', 'http://stop.example.or/'],
    ['no address', 'stop.example.org/'],
  ])('are refused at the start: %s', (_why, baseUrl) => {
    expect(stopBaseUrlSchema.safeParse(baseUrl).success).toBe(false);
  });
});
