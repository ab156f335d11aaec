import { anAlert } from '@quakewire/testing';
import type { AlertFiles } from './alert-files.ts';
import { longestFeed } from './atom/atom-feed.ts';
import { publishCap } from './publish-cap.ts';

interface Written {
  body: string;
  version: number;
}

/** A bucket in memory; `between` runs once after a read, as another writer would. */
function inMemoryFiles(): AlertFiles & { written: Map<string, Written>; between?: (() => void) | undefined } {
  const written = new Map<string, Written>();
  const files: ReturnType<typeof inMemoryFiles> = {
    written,
    async put(name, body) {
      written.set(name, { body, version: (written.get(name)?.version ?? 0) + 1 });
    },
    async read(name) {
      const file = written.get(name);
      const { between } = files;
      files.between = undefined;
      between?.();
      return file && { body: file.body, version: String(file.version) };
    },
    async replace(name, body, contentType, seen) {
      const version = written.get(name)?.version;
      if ((version === undefined ? undefined : String(version)) !== seen) return false;
      await files.put(name, body, contentType);
      return true;
    },
  };
  return files;
}

const publication = (files: AlertFiles) => ({
  files,
  sender: { id: 'alerts@quakewire.example', name: 'Test Institute' },
  publisher: { baseUrl: 'https://alerts.quakewire.example', name: 'Test Institute' },
});
const feedOf = (files: ReturnType<typeof inMemoryFiles>): string => files.written.get('alerts.atom')?.body ?? '';

describe('publish CAP', () => {
  it('writes the message, and a feed that links to it', async () => {
    const files = inMemoryFiles();
    await publishCap(anAlert(), [], publication(files));
    expect(files.written.get('cap/eq1.1.xml')?.body).toContain('<identifier>eq1.1</identifier>');
    expect(feedOf(files)).toContain('href="https://alerts.quakewire.example/cap/eq1.1.xml"');
  });

  it('lists the newest first, each once, and no more than readers need', async () => {
    const files = inMemoryFiles();
    for (let seq = 1; seq <= longestFeed + 5; seq++) {
      await publishCap(anAlert({ seq, issuedAtMs: 1_000 * seq }), [], publication(files));
    }
    await publishCap(anAlert({ seq: longestFeed, issuedAtMs: 1_000 * longestFeed }), [], publication(files));
    const ids = [...feedOf(files).matchAll(/cap\/eq1\.(\d+)\.xml<\/id>/g)].map(([, seq]) => Number(seq));
    expect(ids).toEqual(Array.from({ length: longestFeed }, (_, at) => longestFeed + 5 - at));
  });

  it('loses no entry when two publish at the same time', async () => {
    const files = inMemoryFiles();
    await publishCap(anAlert(), [], publication(files));
    let other = Promise.resolve();
    files.between = () => {
      other = publishCap(anAlert({ earthquakeId: 'eq2' }), [], publication(files));
    };
    await publishCap(anAlert({ seq: 2, kind: 'update' }), [anAlert()], publication(files));
    await other;
    const entries = JSON.parse(files.written.get('alerts.json')?.body ?? '[]') as { identifier: string }[];
    expect(entries.map(({ identifier }) => identifier).sort()).toEqual(['eq1.1', 'eq1.2', 'eq2.1']);
  });
});
