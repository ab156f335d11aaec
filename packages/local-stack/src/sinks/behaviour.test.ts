import fc from 'fast-check';
import { behaviourChangesSchema, behaviourSchema, defaultBehaviour, fateOf } from './behaviour.ts';
import { createDraws, drawOf } from './draws.ts';

const shareOf = (count: number, of: number) => count / of;

describe('the fate of a request', () => {
  it('follows the shares of the behaviour', () => {
    const behaviour = {
      ...defaultBehaviour,
      hangShare: 0.1,
      cutShare: 0.2,
      errorShare: 0.3,
      unansweredAcceptedShare: 0.5,
    };
    const draw = createDraws(7);
    const fates = Array.from({ length: 20_000 }, () => fateOf(behaviour, 1, draw(), draw()));
    const share = (...wanted: string[]) => shareOf(fates.filter((fate) => wanted.includes(fate)).length, fates.length);
    expect(share('hang', 'hangAccepted')).toBeCloseTo(0.1, 1);
    expect(share('cut', 'cutAccepted')).toBeCloseTo(0.2, 1);
    expect(share('cutAccepted')).toBeCloseTo(0.1, 1);
    expect(share('fail')).toBeCloseTo(0.3, 1);
    expect(share('accept')).toBeCloseTo(0.4, 1);
  });

  it('refuses the same addresses for the same seed, about as many as the share says', () => {
    const addresses = Array.from({ length: 10_000 }, (_, index) => `+4072${String(index).padStart(7, '0')}`);
    const refused = (seed: number) => addresses.filter((address) => drawOf(seed, address) < 0.02);
    expect(refused(1)).toEqual(refused(1));
    expect(refused(1)).not.toEqual(refused(2));
    expect(shareOf(refused(1).length, addresses.length)).toBeCloseTo(0.02, 2);
  });

  it('is drawn from [0, 1)', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (seed, text) => {
        for (const draw of [drawOf(seed, text), createDraws(seed)()]) {
          expect(draw).toBeGreaterThanOrEqual(0);
          expect(draw).toBeLessThan(1);
        }
      }),
    );
  });
});

it.each([[{ sms: { latencyMs: -1 } }], [{ sms: { hangShare: 1.1 } }], [{ sms: { latency: 5 } }], [{ pigeon: {} }]])(
  'a change of behaviour to %j is refused',
  (changes) => {
    expect(behaviourChangesSchema.safeParse(changes).success).toBe(false);
  },
);

it('the default behaviour is a valid one', () => {
  expect(behaviourSchema.parse(defaultBehaviour)).toEqual(defaultBehaviour);
});
