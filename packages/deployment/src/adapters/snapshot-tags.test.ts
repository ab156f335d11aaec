import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knownCommit, startGithubStandIn } from '../../test/github-stand-in.ts';
import { snapshotTagsContract } from '../../test/snapshot-tags-contract.ts';
import { createGitTags } from './git-tags.ts';
import { createGithubTags } from './github-tags.ts';

const endings: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

function createRepository() {
  const folder = mkdtempSync(join(tmpdir(), 'quakewire-tags-'));
  endings.push(() => rmSync(folder, { recursive: true }));
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('config', 'user.name', 'Tester');
  git('config', 'user.email', 'tester@example.org');
  git('commit', '--quiet', '--allow-empty', '--message', 'first');
  return { folder, git };
}

snapshotTagsContract('Git', async () => {
  const { folder, git } = createRepository();
  return {
    tags: createGitTags(folder),
    commit: git('rev-parse', 'HEAD'),
    makeLightweightTag: async (name) => void git('tag', name),
  };
});

snapshotTagsContract("GitHub's API", async () => {
  const standIn = await startGithubStandIn();
  endings.push(standIn.stop);
  return {
    tags: createGithubTags(standIn.options),
    commit: knownCommit,
    makeLightweightTag: async (name) => void standIn.makeLightweightTag(name),
  };
});

test('a token that GitHub refuses is an error that never shows it', async () => {
  const standIn = await startGithubStandIn();
  endings.push(standIn.stop);
  const tags = createGithubTags({ ...standIn.options, token: 'a-secret' });
  const refusal = await tags.list('infra/dev/').catch((error: Error) => error.message);
  expect(refusal).toBe('GitHub answered 401 (Bad credentials): has the job contents: write?');
});
