import { readFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test.each(Object.entries(generatedFiles(read('README.md'))))('%s is what the code writes', (path, text) => {
  expect(read(path)).toBe(text);
});
