import type { AlertFile, AlertFiles } from '../src/alert-files.ts';

export interface InMemoryAlertFiles extends AlertFiles {
  /** What readers get under a name; blank when there is nothing. */
  bodyOf(name: string): string;
  /** Runs once, after the next write or read and before its answer: as another writer that comes between. */
  between?: (() => Promise<void>) | undefined;
}

/** A bucket in memory. */
export function createInMemoryAlertFiles(): InMemoryAlertFiles {
  const files = new Map<string, { body: string; version: number }>();
  const write = ({ name, body }: AlertFile): void =>
    void files.set(name, { body, version: (files.get(name)?.version ?? 0) + 1 });
  const versionOf = (name: string): string | undefined => files.get(name)?.version.toString();
  const comeBetween = async (): Promise<void> => {
    const { between } = store;
    store.between = undefined;
    await between?.();
  };
  const store: InMemoryAlertFiles = {
    bodyOf: (name) => files.get(name)?.body ?? '',
    async put(file) {
      write(file);
      await comeBetween();
    },
    async read(name) {
      const body = files.get(name)?.body;
      const version = versionOf(name);
      await comeBetween();
      return body === undefined || version === undefined ? undefined : { body, version };
    },
    async replace(file, seen) {
      if (versionOf(file.name) !== seen) return false;
      write(file);
      await comeBetween();
      return true;
    },
  };
  return store;
}
