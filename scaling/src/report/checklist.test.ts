import { existsSync, readFileSync } from 'node:fs';

const project = new URL('../../../', import.meta.url);
const readme = readFileSync(new URL('scaling/README.md', project), 'utf8');
const checklist = readme.slice(readme.indexOf('## Checklist'), readme.indexOf('## Code'));
const rows = checklist.split('\n').filter((line) => /^\| (?!\*\*|box|---)/.test(line) && !line.startsWith('|---'));
const cited = [...checklist.matchAll(/`([^`]+\.(?:ts|hcl))` \*([^*]+)\*/g)];

test('every box names a test, a file of this repository, or the reason why it is left out', () => {
  expect(rows.length).toBeGreaterThan(40);
  for (const row of rows)
    expect(row).toMatch(/`[^`]+\.(ts|hcl|yml|md)`|`\.ci\/run`|left out|the same|`npm run|`\.github\/|-scale`/);
});

test.each(cited.map(([, file, name]) => [file as string, name as string]))('%s has a test "%s"', (file, name) => {
  const path = new URL(file, project);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8').replaceAll("\\'", "'")).toContain(name);
});
