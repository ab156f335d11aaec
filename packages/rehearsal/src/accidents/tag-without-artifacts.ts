import type { Manifest } from '@quakewire/deployment';
import { expect, expectRefusal } from '../expect.ts';
import { withoutZips } from '../snapshots.ts';
import { withAlert } from '../with-alert.ts';
import type { World } from '../world.ts';

const name = 'infra/local/20200101T000000Z-1';

/** The zips of a snapshot are gone: it is refused by name before anything moves, and the scaler goes on. */
export async function tagWithoutArtifacts(world: World): Promise<string> {
  const { tags, goBack } = world.snapshots;
  const [newest = ''] = await tags.list('infra/local/');
  const tag = await tags.read(newest);
  expect(tag !== undefined, 'there must be a snapshot');
  const manifest: Manifest = JSON.parse(tag.message);
  await tags.create(name, { commit: tag.commit, message: JSON.stringify(withoutZips(manifest)) });
  return await withAlert(world, (dispatch) => {
    dispatch();
    return expectRefusal(() => goBack(name), /zips are not all there; nothing was changed.*is gone/s);
  });
}
