import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { checkPinnedFiles, parseLockList } from './digests.ts';
import { pinFile } from './installers.ts';

const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';

describe('lists of pinned files', () => {
  it('reads a line as sha256sum writes it', () => {
    expect(parseLockList(`${HELLO}  a/b.jar\n\n`)).toEqual([{ name: 'a/b.jar', sha256: HELLO }]);
  });

  it('refuses a line that pins nothing, naming it', () => {
    expect(() => parseLockList(`${HELLO}  a.jar\nnot-a-hash  b.jar\n`)).toThrow(
      'Lock list, line 2: expected "<sha256> <path>".',
    );
  });

  it('pins every jar of the broker once', () => {
    const names = parseLockList(readFileSync(pinFile('kafka/jars.lock'), 'utf8')).map((file) => file.name);
    expect(new Set(names).size).toBe(46);
    expect(names.some((name) => name.endsWith('kafka_2.13-4.3.1.jar'))).toBe(true);
  });

  it('pins every Python package by version and hash', () => {
    const blocks = readFileSync(pinFile('ministack/requirements.txt'), 'utf8')
      .split(/^(?=[A-Za-z])/m)
      .slice(1);
    for (const block of blocks) expect(block).toMatch(/^[\w-]+==[\w.]+( \\\n {4}--hash=sha256:[0-9a-f]{64})+\n$/);
    expect(blocks).toHaveLength(17);
  });
});

describe('checking files against their pins', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'good'), 'hello');
  writeFileSync(join(folder, 'changed'), 'hello!');

  it('finds nothing wrong with what is as pinned', async () => {
    expect(await checkPinnedFiles(folder, [{ name: 'good', sha256: HELLO }])).toEqual([]);
  });

  it('names what differs and what is missing', async () => {
    const problems = await checkPinnedFiles(folder, [
      { name: 'good', sha256: HELLO },
      { name: 'changed', sha256: HELLO },
      { name: 'gone', sha256: HELLO },
    ]);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^changed has SHA-256 [0-9a-f]{64}, expected 2cf24dba/);
    expect(problems[1]).toBe('gone is missing');
  });
});
