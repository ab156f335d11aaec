import { readFileSync } from 'node:fs';
import { mutants } from './mutants.ts';
import { patched, projectUrl } from './plant.ts';

test('names and numbers of mutants are unique', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  expect(new Set(mutants.map(({ number }) => number)).size).toBe(mutants.length);
});

test.each(mutants)('mutant $number ($name) fits the code as it is', (mutant) => {
  for (const { file } of mutant.patches) {
    const source = readFileSync(new URL(file, projectUrl), 'utf8');
    expect(patched(mutant, file, source)).not.toBe(source);
  }
});

test('a patch that does not fit is refused with the name of the mutant and the file', () => {
  const [mutant] = mutants;
  const file = mutant?.patches[0]?.file ?? '';
  expect(() => mutant && patched(mutant, file, 'other text')).toThrow(new RegExp(`${mutant?.name}.*${file}`));
});
