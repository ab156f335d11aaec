import { createStepClock } from '@quakewire/testing';
import { createKeyRing, type IngestKeys, ingestKeysSchema } from './key-ring.ts';

const silent = (): void => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent };
const secret = Buffer.alloc(32, 1).toString('base64');
const key = { secret, network: 'infp', exercise: false };
const keysOf = (...ids: string[]): IngestKeys =>
  ingestKeysSchema.parse({ keys: Object.fromEntries(ids.map((id) => [id, key])) });

describe('keys', () => {
  it('are read again a minute later, so that one can be put or withdrawn', async () => {
    const clock = createStepClock();
    let stored = keysOf('old');
    const keys = createKeyRing(async () => stored, clock, logger);
    expect(await keys('old')).toMatchObject({ network: 'infp' });
    stored = keysOf('new');
    expect(await keys('new')).toBeUndefined();
    await clock.advance(60_000);
    expect(await keys('new')).toBeDefined();
    expect(await keys('old')).toBeUndefined();
  });

  it('stay while they cannot be read', async () => {
    const clock = createStepClock();
    let isDown = false;
    const keys = createKeyRing(async () => (isDown ? Promise.reject(new Error('down')) : keysOf('a')), clock, logger);
    await keys('a');
    isDown = true;
    await clock.advance(60_000);
    expect(await keys('a')).toBeDefined();
  });

  it('have ids of their own only', async () => {
    const keys = createKeyRing(async () => keysOf('a'), createStepClock(), logger);
    expect(await keys('constructor')).toBeUndefined();
  });

  it.each([
    ['a short secret', { ...key, secret: Buffer.alloc(31).toString('base64') }],
    ['a secret that is not base64', { ...key, secret: 'not base64!' }],
    ['nothing about exercises', { secret, network: 'infp' }],
    ['no network', { secret, exercise: true }],
  ])('are refused with %s', (_what, wrong) => {
    expect(ingestKeysSchema.safeParse({ keys: { a: wrong } }).success).toBe(false);
  });
});
