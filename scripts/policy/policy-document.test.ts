import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startingPolicy } from '@quakewire/core';
import { createInMemoryPolicyStore } from '@quakewire/testing';
import { readPolicyOptions } from './options.ts';
import { putPolicy } from './put-policy.ts';
import { readPolicyFile } from './read-policy.ts';
import { boxOf } from './regions.ts';
import { startingDocument } from './write-policy.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'policy-'));
});
afterEach(() => rm(folder, { recursive: true }));
async function read(text: string) {
  const path = join(folder, 'policy.yaml');
  await writeFile(path, text);
  return readPolicyFile(path);
}

describe('the starting document', () => {
  it('is a good policy, in shadow mode, with its reasons', async () => {
    const text = startingDocument('RO', boxOf('RO'));
    expect(await read(text)).toEqual(startingPolicy({ RO: { mode: 'shadow', area: boxOf('RO') } }));
    expect(text).toContain('# People are told again only of this much change since they were last told.');
  });

  it.each([
    [(text: string) => text.replace('trust: 3', 'trust: many'), /is refused: sources\.ingest\.trust/],
    [(text: string) => `${text}surprise: 1\n`, /is refused: .*surprise/],
    [(text: string) => text.replace('version: 1', 'version: 1\nversion: 2'), /is not YAML: Map keys must be unique/],
    [(text: string) => text.replace('regions:', 'regions: ['), /is not YAML/],
    [() => '', /is refused: \(whole document\)/],
  ])('is refused when it was spoilt, with the reason', async (spoil, reason) => {
    await expect(read(spoil(startingDocument('RO', boxOf('RO'))))).rejects.toThrow(reason);
  });
});

describe('putting a policy in force', () => {
  it('writes a good one once, and nothing of a wrong one', async () => {
    const store = createInMemoryPolicyStore();
    const path = join(folder, 'policy.yaml');
    await writeFile(path, startingDocument('RO', boxOf('RO')));
    expect(await putPolicy(path, store)).toMatch(/^Policy 1 is stored/);
    await expect(putPolicy(path, store)).rejects.toThrow('raise `version`');
    await writeFile(
      path,
      startingDocument('RO', boxOf('RO')).replace('version: 1', 'version: 2').replace('trust: 3', 'trust: 30'),
    );
    await expect(putPolicy(path, store)).rejects.toThrow('sources.ingest.trust');
    expect((await store.newest(5)).map(({ version }) => version)).toEqual([1]);
  });
});

describe('the options of policy', () => {
  it('are read', () => {
    expect(readPolicyOptions([])).toBe('help');
    expect(readPolicyOptions(['init', '--help'])).toBe('help');
    expect(readPolicyOptions(['init', '--region', 'RO'])).toEqual({ command: 'init', region: 'RO' });
    expect(readPolicyOptions(['put', 'a.yaml'])).toEqual({ command: 'put', file: 'a.yaml', environment: 'local' });
    expect(readPolicyOptions(['replay', 'a', 'b', '--after', '120'])).toEqual({
      command: 'replay',
      files: ['a', 'b'],
      policy: undefined,
      afterOriginSeconds: 120,
    });
  });

  it.each([
    [['send'], /must be init, put or replay/],
    [['init'], /Give --region/],
    [['init', '--after', '1', '--region', 'RO'], /init takes no --after/],
    [['put'], /put needs a file/],
    [['put', 'a', 'b'], /one file/],
    [['put', 'a', '--environment', 'Prod/1'], /--environment must be/],
    [['replay'], /replay needs a file/],
    [['replay', 'a', '--after', 'soon'], /--after must be whole seconds/],
    [['replay', 'a', '--before'], /unknown option/],
  ])('%j are refused', (args, reason) => {
    expect(() => readPolicyOptions(args)).toThrow(reason);
    expect(() => boxOf('Atlantis')).toThrow(/--region must be one of AL/);
  });
});
