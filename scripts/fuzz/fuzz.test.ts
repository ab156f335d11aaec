import { createSeededRandom } from '@quakewire/testing';
import { faultOf } from './check-input.ts';
import { mutate } from './mutate.ts';
import { readFuzzOptions } from './options.ts';
import { type Target, targets } from './targets.ts';

const named = (name: string): Target => {
  const target = targets.find((one) => one.name === name);
  if (!target) throw new Error(`no target ${name}`);
  return target;
};
const retractions = named('USGS retractions');
const [retraction = ''] = retractions.texts;

describe('fuzzing', () => {
  it('sees a crash, an absurd bulletin, and an alert from what is retracted', async () => {
    const crashing = { ...retractions, parse: () => JSON.parse('{') };
    expect(await faultOf(crashing, '')).toMatch(/^a crash/);
    const overlooking = {
      ...retractions,
      parse: () => named('USGS answers').parse(retraction.replace('deleted', 'automatic')),
    };
    expect(await faultOf(overlooking, retraction)).toBe('an alert');
    const careless: Target = {
      ...retractions,
      parse: (text) =>
        retractions
          .parse(text)
          .map((event) => ('bulletin' in event ? { bulletin: { ...event.bulletin, magnitude: Number.NaN } } : event)),
    };
    expect(await faultOf(careless, retraction)).toBe('a bulletin with an absurd magnitude');
    expect(await faultOf(retractions, retraction)).toBeUndefined();
  });

  it('starts from texts that the parsers take, and that would alert where they may', async () => {
    for (const name of ['EMSC frames', 'USGS answers']) {
      const target = named(name);
      const alerting = await Promise.all(target.texts.map((text) => faultOf({ ...target, mustNotAlert: true }, text)));
      expect(alerting).toContain('an alert');
    }
  });

  it('finds nothing in the first mutations of each target', async () => {
    const random = createSeededRandom(7);
    for (const target of targets)
      for (let count = 0; count < 100; count++)
        expect(await faultOf(target, mutate(target.texts[count % target.texts.length] ?? '', random))).toBeUndefined();
  });

  it('mutates the same way from the same seed, and nearly always something', () => {
    const mutated = (seed: number) => mutate(retraction, createSeededRandom(seed));
    expect(mutated(3)).toBe(mutated(3));
    const changed = Array.from({ length: 100 }, (_, seed) => mutated(seed)).filter((text) => text !== retraction);
    expect(changed.length).toBeGreaterThan(90);
  });
});

describe('the options of fuzz', () => {
  it('are read, and refused in one sentence', () => {
    expect(readFuzzOptions(['--count', '5', '--seed', '2'])).toEqual({ count: 5, seed: 2, from: 0 });
    expect(readFuzzOptions(['--help'])).toBe('help');
    expect(() => readFuzzOptions(['--count', '0'])).toThrow('--count must be a whole number from 1');
    expect(() => readFuzzOptions(['--seeds', '1'])).toThrow('unknown option');
  });
});
