import { execFile } from 'node:child_process';
import { newestFirst, SnapshotExistsError, type SnapshotTags } from '../snapshot/snapshot-tags.ts';

/** Annotated tags of a repository on this machine; whoever made them pushes them. */
export function createGitTags(folder: string): SnapshotTags {
  const git = (args: readonly string[], input = ''): Promise<string> =>
    new Promise((resolve, reject) => {
      const child = execFile('git', [...args], { cwd: folder, maxBuffer: 16 * 1024 * 1024 }, (error, output, errors) =>
        error ? reject(new Error(`git ${args[0]}: ${errors.trim()}`)) : resolve(output),
      );
      // A command that reads nothing may be gone by now.
      child.stdin?.on('error', () => {}).end(input);
    });
  const fields = (name: string, format: string) => git(['for-each-ref', `--format=${format}`, `refs/tags/${name}`]);

  return {
    async create(name, { commit, message }) {
      try {
        // Verbatim: otherwise Git would tidy the message up.
        await git(['tag', '--annotate', '--cleanup=verbatim', '--file=-', name, commit], message);
      } catch (error) {
        if (/already exists/.test((error as Error).message)) throw new SnapshotExistsError(`${name} exists already`);
        throw error;
      }
    },
    async read(name) {
      const [type, commit] = (await fields(name, '%(objecttype) %(*objectname)')).trim().split(' ');
      if (type !== 'tag' || !commit) return undefined;
      return { commit, message: bodyOf(await git(['cat-file', 'tag', `refs/tags/${name}`])) };
    },
    async list(prefix) {
      const names = (await fields(prefix.replace(/\/$/, ''), '%(refname:strip=2)')).split('\n').filter(Boolean);
      return newestFirst(names.filter((name) => name.startsWith(prefix)));
    },
  };
}

/** What follows the empty line after a tag object's header. */
const bodyOf = (object: string): string => object.slice(object.indexOf('\n\n') + 2);
