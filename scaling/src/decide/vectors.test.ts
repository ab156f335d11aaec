import { readFileSync } from 'node:fs';
import { decide } from './decide.ts';
import { serialise } from './serialise.ts';

interface Vector {
  name: string;
  observation: Parameters<typeof decide>[0];
  policy: Parameters<typeof decide>[1];
  previousSizing: Parameters<typeof decide>[2];
  expected?: unknown;
  expectedError?: string;
}

const file = new URL('../../vectors/scaling-vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

describe('decide agrees byte for byte with the vectors of the scaling model', () => {
  test('all 30 vectors are there', () => expect(vectors).toHaveLength(30));

  test.each(vectors.filter((vector) => vector.expected))(
    '$name',
    ({ observation, policy, previousSizing, expected }) => {
      expect(serialise(decide(observation, policy, previousSizing))).toBe(serialise(expected));
    },
  );

  test.each(vectors.filter((vector) => vector.expectedError))('$name', (vector) => {
    const refused = () => decide(vector.observation, vector.policy, vector.previousSizing);
    expect(refused).toThrow(new RegExp(`^${vector.expectedError?.replaceAll('.', '\\.')}:`));
  });
});
