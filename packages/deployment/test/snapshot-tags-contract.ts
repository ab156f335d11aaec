import { SnapshotExistsError, type SnapshotTags } from '../src/snapshot/snapshot-tags.ts';

export interface SnapshotTagsSubject {
  tags: SnapshotTags;
  /** A commit that the repository has. */
  commit: string;
  /** Makes a tag without message, as a person does. */
  makeLightweightTag(name: string): Promise<void>;
}

/** What the port `SnapshotTags` promises, for any implementation. Each test gets a repository without tags. */
export function snapshotTagsContract(name: string, createSubject: () => Promise<SnapshotTagsSubject>): void {
  describe(`${name} keeps the contract of snapshot tags`, () => {
    const first = 'infra/dev/20260101T000000Z-1';
    /** What a tool that tidies up would change: comments, empty lines, spaces at the end. */
    const message = '{\n  "a": "# no comment",\n\n  "b": 1   \n}\n';

    it('reads a snapshot as it was made, byte for byte', async () => {
      const { tags, commit } = await createSubject();
      await tags.create(first, { commit, message });
      expect(await tags.read(first)).toEqual({ commit, message });
    });

    it('knows no snapshot that was never made', async () => {
      const { tags } = await createSubject();
      expect(await tags.read(first)).toBeUndefined();
      expect(await tags.list('infra/dev/')).toEqual([]);
    });

    it('never moves a tag', async () => {
      const { tags, commit } = await createSubject();
      await tags.create(first, { commit, message });
      await expect(tags.create(first, { commit, message: 'another' })).rejects.toThrow(SnapshotExistsError);
      expect(await tags.read(first)).toEqual({ commit, message });
    });

    it('takes a tag without message for no snapshot', async () => {
      const { tags, makeLightweightTag } = await createSubject();
      await makeLightweightTag(first);
      expect(await tags.read(first)).toBeUndefined();
    });

    it('refuses a commit that is not there', async () => {
      const { tags } = await createSubject();
      await expect(tags.create(first, { commit: 'f'.repeat(40), message })).rejects.toThrow();
      expect(await tags.read(first)).toBeUndefined();
    });

    it('lists the newest first, of one environment only, however many there are', async () => {
      const { tags, commit } = await createSubject();
      const names = Array.from({ length: 12 }, (_, day) => `infra/dev/202601${String(day + 10)}T000000Z-${day + 10}`);
      for (const name of [...names, 'infra/dev2/20260101T000000Z-1']) await tags.create(name, { commit, message });
      expect(await tags.list('infra/dev/')).toEqual([...names].reverse());
    });
  });
}
