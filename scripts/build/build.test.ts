import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { type BuiltZip, buildZips } from './build-zips.ts';
import { type Lambda, lambdas } from './lambdas.ts';
import { overBudget, sizeTable } from './size-table.ts';

const rootFolder = join(import.meta.dirname, '../..');
const TIME_OUT_MS = 60_000;
/** The zone of a process is fixed at its start, so each gets its own. */
const PRINT_DIGEST = `
  import { createHash } from 'node:crypto';
  import { zipBundle } from './zip-bundle.ts';
  process.stdout.write(createHash('sha256').update(zipBundle(Buffer.from('export const handler = 1;'))).digest('hex'));
`;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'quakewire-build-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function withEntry(source: string, budgetBytes = 10_000): Lambda {
  writeFileSync(join(folder, 'entry.ts'), source);
  return { name: 'example', entry: join(folder, 'entry.ts'), budgetBytes };
}

describe('a zip', () => {
  test('has the same bytes in every time zone', () => {
    const digestIn = (zone: string) =>
      execFileSync(process.execPath, ['--input-type=module', '--eval', PRINT_DIGEST], {
        cwd: import.meta.dirname,
        env: { TZ: zone, NODE_NO_WARNINGS: '1' },
        encoding: 'utf8',
      });
    const digest = digestIn('Pacific/Kiritimati');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digestIn('America/Anchorage')).toBe(digest);
  });

  test('holds index.mjs and nothing else', async () => {
    const [built] = await buildZips(
      [withEntry('export const handler = async () => 1;')],
      rootFolder,
      join(folder, 'out'),
    );
    const files = unzipSync(new Uint8Array(readFileSync(join(folder, 'out/example.zip'))));
    expect(Object.keys(files)).toEqual(['index.mjs']);
    expect(built?.bundleBytes).toBe(files['index.mjs']?.byteLength);
  });

  test('changes its digest when one character of the source changes', async () => {
    const [first] = await buildZips([withEntry('export const handler = async () => 1;')], rootFolder, folder);
    const [second] = await buildZips([withEntry('export const handler = async () => 2;')], rootFolder, folder);
    expect(first?.sha256Hex).not.toBe(second?.sha256Hex);
  });

  test('above its budget is named in the table and as too big', async () => {
    const built = await buildZips([withEntry('export const handler = async () => 1;', 10)], rootFolder, folder);
    expect(overBudget(built).map(({ name }) => name)).toEqual(['example']);
    expect(sizeTable(built)).toContain('OVER BUDGET');
  });
});

test(
  'all functions have the same bytes when they are built twice',
  async () => {
    const first = await buildZips(lambdas, rootFolder, join(folder, 'first'));
    const second = await buildZips(lambdas, rootFolder, join(folder, 'second'));
    expect(digestsOf(second)).toEqual(digestsOf(first));
    expect(readManifest('second')).toBe(readManifest('first'));
  },
  TIME_OUT_MS,
);

const digestsOf = (built: readonly BuiltZip[]) => built.map(({ name, sha256Hex }) => [name, sha256Hex]);

const readManifest = (name: string): string => readFileSync(join(folder, name, 'manifest.json'), 'utf8');
