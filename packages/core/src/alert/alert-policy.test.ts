import { aPolicy, createInMemoryPolicyStore } from '@quakewire/testing';
import { type AlertPolicy, PolicyError, parsePolicy } from './alert-policy.ts';
import { readPolicyInForce } from './policy-store.ts';

const good = aPolicy();
const refusalOf = (document: unknown): string => {
  try {
    parsePolicy(document);
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
  }
  throw new Error('not refused');
};

describe('alert policy', () => {
  it('takes its own starting document', () => {
    expect(parsePolicy(JSON.parse(JSON.stringify(good)))).toEqual(good);
  });

  it.each<[string, Partial<Record<keyof AlertPolicy | 'surprise', unknown>>]>([
    ['surprise', { surprise: 1 }],
    ['schema', { schema: 2 }],
    ['version', { version: 0 }],
    ['version', { version: 1.5 }],
    ['regions', { regions: {} }],
    ['regions.RO.mode', { regions: { RO: { ...good.regions.everywhere, mode: 'on' } } }],
    ['regions.RO.area.south', { regions: { RO: { mode: 'live', area: { south: 50, north: 40, west: 0, east: 1 } } } }],
    ['sources', { sources: { ...good.sources, infp: good.sources.emsc } }],
    ['sources.emsc.trust', { sources: { emsc: { ...good.sources.emsc, trust: -1 } } }],
    ['sources.emsc.networks.ro', { sources: { emsc: { ...good.sources.emsc, networks: { ro: { stations: 1 } } } } }],
    ['notification.minimumMagnitude', { notification: { ...good.notification, minimumMagnitude: Number.NaN } }],
    ['largestRadiusKm', { largestRadiusKm: -1 }],
    ['minimumKeptMagnitude', { minimumKeptMagnitude: 4.6 }],
    ['origin.oldestSeconds', { origin: { oldestSeconds: 0, futureSeconds: 10 } }],
    ['update.untilSeconds', { update: { ...good.update, untilSeconds: 60 } }],
    ['update.raisedBy', { update: { ...good.update, raisedBy: 0 } }],
    ['aftershocks.days', { aftershocks: { ...good.aftershocks, days: [] } }],
    ['sms.types.0', { sms: { ...good.sms, types: ['all'] } }],
    ['sms.mostUsdPerAlert', { sms: { ...good.sms, mostUsdPerAlert: Number.POSITIVE_INFINITY } }],
  ])('is refused by the name of the field: %s', (field, change) => {
    expect(refusalOf({ ...good, ...change })).toContain(field);
  });

  it('is refused as a whole where it is not even a document', () => {
    for (const document of [undefined, null, 'x', []]) expect(refusalOf(document)).toMatch(/^\(whole document\)/);
  });

  it('reads network codes as bulletins give them, in lower case', () => {
    const emsc = { ...good.sources.emsc, networks: { AFAD: { trust: 4 } } };
    expect(parsePolicy({ ...good, sources: { emsc } }).sources.emsc?.networks).toEqual({ afad: { trust: 4 } });
  });

  it('never repeats a value', () => {
    expect(refusalOf({ ...good, version: 'secret' })).not.toContain('secret');
  });
});

describe('the policy in force', () => {
  it('is the newest good one; a wrong one is refused as a whole, and says why', async () => {
    const store = createInMemoryPolicyStore();
    await store.put(good);
    await store.put({ ...good, version: 2, largestRadiusKm: 500 });
    await store.spoil(3, { ...good, version: 3, largestRadiusKm: -1 });
    await store.spoil(4, undefined);
    await store.spoil(5, { ...good, version: 4 });
    const { policy, faults } = await readPolicyInForce(store);
    expect(policy).toMatchObject({ version: 2, largestRadiusKm: 500 });
    expect(faults).toEqual([
      expect.stringMatching(/^policy 5 is refused: version/),
      expect.stringMatching(/^policy 4 is refused: \(whole document\)/),
      expect.stringMatching(/^policy 3 is refused: largestRadiusKm/),
    ]);
  });

  it('tells nobody of anything where none was ever put', async () => {
    const { policy, faults } = await readPolicyInForce(createInMemoryPolicyStore());
    expect(Object.values(policy.regions).map(({ mode }) => mode)).toEqual(['shadow']);
    expect(faults).toHaveLength(1);
  });
});
