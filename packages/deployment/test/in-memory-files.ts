import { VersionConflictError } from '../src/deployment-error.ts';
import type { ChangeStore, VersionedFile } from '../src/ports.ts';

/** A versioned file in memory; `text` and `versions` are for looking. */
export function createInMemoryFile(first: string | null = null) {
  let version = 0;
  const file = {
    name: 'memory/file',
    text: first,
    async read() {
      return file.text === null ? null : { text: file.text, version: String(version) };
    },
    async replace(text: string, seen: string | null) {
      const now = file.text === null ? null : String(version);
      if (seen !== now) throw new VersionConflictError(`${file.name} was replaced by another run meanwhile.`);
      file.text = text;
      version++;
    },
  };
  return file satisfies VersionedFile;
}

/** A store in memory; `content` is for looking and for doing harm. */
export function createInMemoryStore() {
  const content = new Map<string, Uint8Array>();
  return {
    content,
    async put(name: string, bytes: Uint8Array) {
      if (!content.has(name)) content.set(name, bytes);
    },
    get: async (name: string) => content.get(name),
  } satisfies ChangeStore & { content: Map<string, Uint8Array> };
}
