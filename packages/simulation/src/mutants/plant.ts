import { registerHooks } from 'node:module';
import type { Mutant } from './mutant.ts';
import { mutants } from './mutants.ts';

/** The project's folder, as a URL with a slash at its end. */
export const projectUrl = new URL('../../../../', import.meta.url);

/** @throws when the text that a patch replaces is not there exactly once: the code has changed, so must the mutant. */
export function patched(mutant: Mutant, file: string, source: string): string {
  return mutant.patches
    .filter((patch) => patch.file === file)
    .reduce((text, { find, replace }) => {
      const count = text.split(find).length - 1;
      if (count !== 1) throw new Error(`mutant "${mutant.name}": ${file} holds ${JSON.stringify(find)} ${count} times`);
      return text.replace(find, () => replace);
    }, source);
}

/** Changes the product's modules as they are loaded, in this thread only. */
export function plant(name: string): void {
  const mutant = mutants.find((candidate) => candidate.name === name);
  if (!mutant) throw new Error(`there is no mutant ${JSON.stringify(name)}`);
  const files = new Map(mutant.patches.map(({ file }) => [new URL(file, projectUrl).href, file]));
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const file = files.get(url);
      return file ? { ...loaded, source: patched(mutant, file, String(loaded.source)) } : loaded;
    },
  });
}
