import { parseOptions } from './options.ts';

describe('the demo options', () => {
  it('have defaults', () => {
    expect(parseOptions([])).toEqual({
      subscribers: 10_000,
      quake: 'vrancea-1977',
      seed: 1,
      json: undefined,
      keep: false,
      realLimits: false,
    });
  });

  it.each([
    [['--subscribers', '0'], '--subscribers must be a whole number from 1 to 1000000.'],
    [['--subscribers', 'many'], '--subscribers must be a whole number from 1 to 1000000.'],
    [['--subscribers', ''], '--subscribers must be a whole number from 1 to 1000000.'],
    [['--quake', 'atlantis'], '--quake must be one of: vrancea-1977, marmara-2025.'],
    [['--seed', '-1'], expect.stringContaining('--seed')],
    [['--fast'], expect.stringContaining('--fast')],
  ])('refuse %j in one line', (args, problem) => {
    expect(parseOptions(args)).toEqual({ problem });
  });

  it('offer help', () => expect(parseOptions(['--help'])).toBe('help'));
});
