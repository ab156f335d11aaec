import { parseOptions } from './options.ts';

describe('the chaos options', () => {
  it('have defaults', () => expect(parseOptions([])).toEqual({ runs: 1, seed: 1, endpoints: 20_000 }));

  it.each([
    [['--runs', '0'], '--runs must be a whole number from 1 to 1000.'],
    [['--seed', 'x'], '--seed must be a whole number from 0 to 4294966295.'],
    [['--endpoints', '99'], '--endpoints must be a whole number from 100 to 1000000.'],
    [['--json', ''], '--json must be a file name.'],
    [['--mild'], expect.stringContaining('--mild')],
  ])('refuse %j in one line', (args, problem) => expect(parseOptions(args)).toEqual({ problem }));

  it('offer help', () => expect(parseOptions(['--help'])).toBe('help'));
});
