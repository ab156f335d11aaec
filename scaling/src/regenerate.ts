import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generatedFiles } from './report/generated-files.ts';

/** Writes the schemas, the chart and the README's tables anew: `node scripts/with-node22.mjs scaling/src/regenerate.ts`. */
const folder = new URL('../', import.meta.url);
const readme = readFileSync(new URL('README.md', folder), 'utf8');
for (const [path, text] of Object.entries(generatedFiles(readme))) {
  const file = new URL(path, folder);
  mkdirSync(dirname(file.pathname), { recursive: true });
  writeFileSync(file, text);
}
