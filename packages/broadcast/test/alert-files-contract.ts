import type { AlertFiles } from '../src/alert-files.ts';

const file = (body: string) => ({ name: 'cap/eq1.1.xml', body, contentType: 'application/cap+xml', maxAgeSeconds: 60 });

/** What the port `AlertFiles` promises, for any implementation. Each test gets an empty one. */
export function alertFilesContract(name: string, create: () => Promise<AlertFiles>): void {
  describe(`${name} keeps the contract of the alert files`, () => {
    it('knows no file at first', async () => {
      expect(await (await create()).read('cap/eq1.1.xml')).toBeUndefined();
    });

    it('answers what was put last, with a version of its own', async () => {
      const files = await create();
      await files.put(file('one'));
      const first = await files.read('cap/eq1.1.xml');
      await files.put(file('două, with ț'));
      const second = await files.read('cap/eq1.1.xml');
      expect([first?.body, second?.body]).toEqual(['one', 'două, with ț']);
      expect(second?.version).not.toBe(first?.version);
    });

    it('makes a file only where there is none', async () => {
      const files = await create();
      expect(await files.replace(file('one'), undefined)).toBe(true);
      expect(await files.replace(file('two'), undefined)).toBe(false);
      expect((await files.read('cap/eq1.1.xml'))?.body).toBe('one');
    });

    it('replaces only the version that was seen', async () => {
      const files = await create();
      await files.put(file('one'));
      const seen = (await files.read('cap/eq1.1.xml'))?.version;
      expect(await files.replace(file('two'), seen)).toBe(true);
      expect(await files.replace(file('three'), seen)).toBe(false);
      expect((await files.read('cap/eq1.1.xml'))?.body).toBe('two');
    });

    it('does not replace what is gone', async () => {
      const files = await create();
      expect(await files.replace(file('one'), '"0123456789abcdef0123456789abcdef"')).toBe(false);
    });

    it('lets one of many through', async () => {
      const files = await create();
      const writers = Array.from({ length: 5 }, (_, at) => files.replace(file(`writer ${at}`), undefined));
      expect((await Promise.all(writers)).filter(Boolean)).toHaveLength(1);
    });
  });
}
