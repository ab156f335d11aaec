import { parseOptions } from './options.ts';

test('without options a thousand seeds are run', () => {
  expect(parseOptions([])).toMatchObject({ seeds: 1_000, from: 1, mutants: false, only: undefined });
});

test('mutants are looked for with up to 5,000 seeds each, one by its name as well', () => {
  expect(parseOptions(['--mutants'])).toMatchObject({ seeds: 5_000, mutants: true });
  expect(parseOptions(['--mutant', 'slot', '--seeds', '7'])).toMatchObject({ seeds: 7, mutants: true, mutant: 'slot' });
});

test.each([
  [['--seeds', 'many'], '--seeds must be a whole number'],
  [['--jobs', '0'], '--jobs must be a whole number'],
  [['--only', 'bad-luck'], '--only must be one of: lost, '],
  [['--sedes', '1'], "Unknown option '--sedes'"],
])('%j is refused in one line', (args, problem) => {
  expect(parseOptions(args)).toMatchObject({ problem: expect.stringContaining(problem) });
});

test('help is help', () => {
  expect(parseOptions(['--help'])).toBe('help');
});
