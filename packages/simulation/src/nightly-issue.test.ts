import { nightlyIssue } from './nightly-issue.ts';

const failed = (seed: number) => ({
  seed,
  faults: [{ kind: 'lost', record: 3 } as const],
  broken: ['I2 told, said not to be'],
  lastedMs: 1,
  steps: 1,
});

test('an issue names its first seed, what broke, the faults that it takes and how to repeat it', () => {
  const { title, body } = nightlyIssue([failed(77)], 'abc1234');
  expect(title).toBe('Simulation: seed 77 failed');
  for (const part of ['abc1234', '--from SEED', '### Seed 77', 'I2 told', '{"kind":"lost","record":3}'])
    expect(body).toContain(part);
});

test('of many seeds a few are shown, and all are named', () => {
  const { title, body } = nightlyIssue(
    Array.from({ length: 9 }, (_, seed) => failed(seed)),
    'abc1234',
  );
  expect(title).toBe('Simulation: seed 0 and 8 more failed');
  expect(body.match(/### Seed/g)).toHaveLength(5);
  expect(body).toContain('All: 0 1 2 3 4 5 6 7 8');
});
