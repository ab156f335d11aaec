import { dataSchemaVersion, type Manifest, parseManifest } from './manifest.ts';
import { UnusableSnapshotError } from './snapshot-error.ts';
import { requireSnapshotName, snapshotPrefix } from './snapshot-name.ts';
import type { SnapshotTags } from './snapshot-tags.ts';

const namesShown = 5;

/**
 * A snapshot that this environment can go back to.
 * @throws {UnusableSnapshotError} In one sentence: no such name, another environment's, no manifest, older data.
 */
export async function readSnapshot(name: string, environment: string, tags: SnapshotTags): Promise<Manifest> {
  const tag = await tags.read(requireSnapshotName(name, environment));
  if (tag === undefined) throw new UnusableSnapshotError(await unknownSentence(name, environment, tags));
  const manifest = parseManifest(name, tag.message);
  if (manifest.environment !== environment)
    throw new UnusableSnapshotError(`${name}: its manifest is of ${manifest.environment}, not of ${environment}.`);
  if (manifest.commit !== tag.commit)
    throw new UnusableSnapshotError(`${name}: its tag points at ${tag.commit}, its manifest at ${manifest.commit}.`);
  if (manifest.dataSchemaVersion !== dataSchemaVersion)
    throw new UnusableSnapshotError(
      `${name} knows version ${manifest.dataSchemaVersion} of the data, the tables hold version ${dataSchemaVersion}: data never goes back.`,
    );
  return manifest;
}

async function unknownSentence(name: string, environment: string, tags: SnapshotTags): Promise<string> {
  const newest = (await tags.list(snapshotPrefix(environment))).slice(0, namesShown);
  const known = newest.length === 0 ? `${environment} has none yet` : `the newest are ${newest.join(', ')}`;
  return `There is no snapshot ${name}: ${known}.`;
}
