import { anAlert } from '@quakewire/testing';
import { createInMemoryAlertFiles, type InMemoryAlertFiles } from '../test/in-memory-alert-files.ts';
import { longestFeed } from './atom/atom-feed.ts';
import { publishCap } from './publish-cap.ts';

const publication = (files: InMemoryAlertFiles) => ({
  files,
  sender: { id: 'alerts@quakewire.example', name: 'Test Institute' },
  publisher: { baseUrl: 'https://alerts.quakewire.example', name: 'Test Institute' },
});
const listed = (files: InMemoryAlertFiles): string[] =>
  [...files.bodyOf('alerts.atom').matchAll(/cap\/([\w.]+)\.xml<\/id>/g)].map(([, identifier = '']) => identifier);

describe('publish CAP', () => {
  it('writes the message, and a feed that links to it', async () => {
    const files = createInMemoryAlertFiles();
    await publishCap(anAlert(), [], publication(files));
    expect(files.bodyOf('cap/eq1.1.xml')).toContain('<identifier>eq1.1</identifier>');
    expect(files.bodyOf('alerts.atom')).toContain('href="https://alerts.quakewire.example/cap/eq1.1.xml"');
  });

  it('lists the newest first, each once, and no more than readers need', async () => {
    const files = createInMemoryAlertFiles();
    for (let seq = 1; seq <= longestFeed + 5; seq++) {
      await publishCap(anAlert({ seq, issuedAtMs: 1_000 * seq }), [], publication(files));
    }
    await publishCap(anAlert({ seq: longestFeed, issuedAtMs: 1_000 * longestFeed }), [], publication(files));
    expect(listed(files)).toEqual(Array.from({ length: longestFeed }, (_, at) => `eq1.${longestFeed + 5 - at}`));
  });

  it.each([1, 2, 3, 4, 5])('loses nothing when another publishes between its calls (%p)', async (call) => {
    const files = createInMemoryAlertFiles();
    await publishCap(anAlert(), [], publication(files));
    const other = () => publishCap(anAlert({ earthquakeId: 'eq2' }), [], publication(files));
    const comeAfter = (calls: number): void => {
      files.between = async () => (calls === 1 ? other() : comeAfter(calls - 1));
    };
    comeAfter(call);
    await publishCap(anAlert({ seq: 2, kind: 'update' }), [anAlert()], publication(files));
    expect(listed(files).sort()).toEqual(['eq1.1', 'eq1.2', 'eq2.1']);
  });
});
