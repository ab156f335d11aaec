import {
  aManifest,
  anArtifact,
  aScaling,
  commit,
  createInMemoryTags,
  goodSmoke,
  takenAtMs,
} from '../../test/snapshot-world.ts';
import { parseManifest, serialiseManifest } from './manifest.ts';
import { readSnapshot } from './read-snapshot.ts';
import { UnusableSnapshotError } from './snapshot-error.ts';
import { snapshotName } from './snapshot-name.ts';
import { type SnapshotPorts, takeSnapshot } from './take-snapshot.ts';

const name = 'infra/dev/20260131T123005Z-42';

function ports(changes: Partial<SnapshotPorts> = {}): SnapshotPorts {
  const { states, live } = aManifest();
  return {
    tags: createInMemoryTags(),
    scalingFile: {
      name: 'scaling.auto.tfvars.json',
      read: async () => ({ text: JSON.stringify(aScaling()), version: '1' }),
      replace: async () => {},
    },
    terraformVersion: async () => '1.11.4',
    providerLock: async () => 'lock',
    state: async (root) => states[root],
    live: async () => live,
    nowMs: () => takenAtMs,
    ...changes,
  };
}

const request = { environment: 'dev', commit, artifacts: { producer: anArtifact }, smoke: goodSmoke };

describe('a snapshot', () => {
  it('is a tag named by environment, time and serial, with everything that it takes to come back', async () => {
    const { tags, ...rest } = ports();
    const taken = await takeSnapshot(request, { tags, ...rest });
    expect(taken).toBe(name);
    expect(await readSnapshot(name, 'dev', tags)).toEqual(aManifest());
  });

  it('is never taken after a check that failed', async () => {
    const { tags, ...rest } = ports();
    const failed = { ...request, smoke: { ...goodSmoke, passed: false } };
    await expect(takeSnapshot(failed, { tags, ...rest })).rejects.toThrow('no snapshot is taken');
    expect(await tags.list('infra/')).toEqual([]);
  });

  it.each<[string, Partial<SnapshotPorts>]>([
    ['the scaling file', { scalingFile: { name: 'file', read: async () => null, replace: async () => {} } }],
    ['the live values', { live: () => Promise.reject(new Error('broker down')) }],
    ['a provider lock', { providerLock: async () => '' }],
  ])('is not taken by half: without %s there is none', async (_what, changes) => {
    const { tags, ...rest } = ports(changes);
    await expect(takeSnapshot(request, { tags, ...rest })).rejects.toThrow();
    expect(await tags.list('infra/')).toEqual([]);
  });

  it('has a name whose order is the order of time', () => {
    const names = [0, 1_000, 60_000, 86_400_000].map((later) => snapshotName('dev', takenAtMs + later, 9));
    expect([...names].sort()).toEqual(names);
  });
});

describe('reading a snapshot', () => {
  const tagged = (manifest: object, tagCommit = commit) =>
    createInMemoryTags({ [name]: { commit: tagCommit, message: JSON.stringify(manifest) } });

  it.each<[string, string, ReturnType<typeof createInMemoryTags>, RegExp]>([
    [
      'that does not exist',
      'infra/dev/20260101T000000Z-1',
      tagged(aManifest()),
      /^There is no snapshot infra\/dev\/20260101T000000Z-1: the newest are infra\/dev\/20260131T123005Z-42\.$/,
    ],
    ['where none exists', name, createInMemoryTags(), /: dev has none yet\.$/],
    ['whose name is none', 'v1.0.0', tagged(aManifest()), /^v1\.0\.0 is no snapshot/],
    [
      'of another environment',
      'infra/prod/20260131T123005Z-42',
      tagged(aManifest()),
      /is a snapshot of prod, not of dev/,
    ],
    [
      'made by hand',
      name,
      createInMemoryTags({ [name]: { commit, message: 'before the demo' } }),
      /carries no manifest/,
    ],
    [
      'with an unknown field',
      name,
      tagged({ ...aManifest(), extra: 1 }),
      /its manifest cannot be used: content: Unrecognized key/,
    ],
    ['with a missing field', name, tagged({ ...aManifest(), live: undefined }), /its manifest cannot be used: live: /],
    ['of other data', name, tagged(aManifest({ dataSchemaVersion: 0 })), /data never goes back/],
    [
      'whose tag was moved',
      name,
      tagged(aManifest(), 'b'.repeat(40)),
      /its tag points at b{40}, its manifest at a{40}/,
    ],
  ])('%s is refused in one sentence', async (_what, to, tags, sentence) => {
    const refused = readSnapshot(to, 'dev', tags);
    await expect(refused).rejects.toThrow(UnusableSnapshotError);
    const message = await refused.then(String, (error: Error) => error.message);
    expect(message).toMatch(sentence);
    expect(message).not.toContain('\n');
  });

  it('gives back what was written, byte for byte', () => {
    const text = serialiseManifest(aManifest());
    expect(serialiseManifest(parseManifest(name, text))).toBe(text);
  });
});
