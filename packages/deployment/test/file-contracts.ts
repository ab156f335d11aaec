import { VersionConflictError } from '../src/deployment-error.ts';
import type { ChangeStore, VersionedFile } from '../src/ports.ts';

/** What the port `VersionedFile` promises, for any implementation. Each test gets a file that does not exist yet. */
export function versionedFileContract(name: string, createFile: () => VersionedFile): void {
  describe(`${name} keeps the contract of a versioned file`, () => {
    const versionOf = async (file: VersionedFile) => (await file.read())?.version ?? null;

    test('a file that was never written is null', async () => {
      expect(await createFile().read()).toBeNull();
    });

    test('what is written is read, with another version each time', async () => {
      const file = createFile();
      await file.replace('{"a":"ă"}\n', null);
      const first = await file.read();
      expect(first?.text).toBe('{"a":"ă"}\n');
      await file.replace('{}', first?.version ?? null);
      expect((await file.read())?.text).toBe('{}');
      expect(await versionOf(file)).not.toBe(first?.version);
    });

    test('who has not seen the last version replaces nothing', async () => {
      const file = createFile();
      await file.replace('1', null);
      const seen = await versionOf(file);
      await file.replace('2', seen);
      await expect(file.replace('3', seen)).rejects.toThrow(VersionConflictError);
      await expect(file.replace('3', null)).rejects.toThrow(VersionConflictError);
      expect((await file.read())?.text).toBe('2');
    });

    test('of several who begin the file at once exactly one does', async () => {
      const file = createFile();
      const results = await Promise.allSettled(['1', '2', '3'].map((text) => file.replace(text, null)));
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });
  });
}

/** What the port `ChangeStore` promises, for any implementation. Each test gets an empty store. */
export function changeStoreContract(name: string, createStore: () => ChangeStore): void {
  describe(`${name} keeps the contract of a change store`, () => {
    const bytes = Uint8Array.from([0, 1, 254, 255]);

    test('what was put is got, byte by byte; what was not is undefined', async () => {
      const store = createStore();
      await store.put('d/a.tfplan', bytes);
      expect([...((await store.get('d/a.tfplan')) ?? [])]).toEqual([...bytes]);
      expect(await store.get('d/b.tfplan')).toBeUndefined();
    });

    test('a name keeps its first content', async () => {
      const store = createStore();
      await store.put('d/a', bytes);
      await store.put('d/a', Uint8Array.from([7]));
      expect([...((await store.get('d/a')) ?? [])]).toEqual([...bytes]);
    });
  });
}
