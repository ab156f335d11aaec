import * as z from 'zod';
import { newestFirst, SnapshotExistsError, type SnapshotTags } from '../snapshot/snapshot-tags.ts';

export interface GithubTagsOptions {
  /** `https://api.github.com`, or that of one's own server (GITHUB_API_URL). */
  apiUrl: string;
  /** `OWNER/NAME` (GITHUB_REPOSITORY). */
  repository: string;
  /** Of the workflow's run, with `contents: write` to create. */
  token: string;
}

const target = z.object({ type: z.string(), sha: z.string() });
const tagObject = z.object({ message: z.string(), object: target });
const reference = z.object({ ref: z.string(), object: target });

/**
 * Annotated tags by GitHub's API (https://docs.github.com/rest/git/tags, /rest/git/refs): a workflow needs no checkout with
 * credentials for them. A tag without its reference is nothing, so that creating is all or nothing.
 */
export function createGithubTags({ apiUrl, repository, token }: GithubTagsOptions): SnapshotTags {
  async function call(path: string, body?: object): Promise<Response> {
    const response = await fetch(`${apiUrl}/repos/${repository}/git/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    return response;
  }
  async function answer<Schema extends z.ZodType>(schema: Schema, response: Response): Promise<z.output<Schema>> {
    if (!response.ok) throw await refusalOf(response);
    return schema.parse(await response.json());
  }

  return {
    async create(name, { commit, message }) {
      const tag = { tag: name, message, object: commit, type: 'commit' };
      const { sha } = await answer(z.object({ sha: z.string() }), await call('tags', tag));
      const response = await call('refs', { ref: `refs/tags/${name}`, sha });
      if (response.status === 422 && (await isThere(name))) throw new SnapshotExistsError(`${name} exists already`);
      await answer(reference, response);
    },
    async read(name) {
      const response = await call(`ref/tags/${name}`);
      if (response.status === 404) return undefined;
      const { object } = await answer(reference, response);
      if (object.type !== 'tag') return undefined;
      const tag = await answer(tagObject, await call(`tags/${object.sha}`));
      return { commit: tag.object.sha, message: tag.message };
    },
    async list(prefix) {
      const names: string[] = [];
      for (let page: string | undefined = `matching-refs/tags/${prefix}?per_page=100`; page; ) {
        const response: Response = await call(page);
        for (const { ref } of await answer(z.array(reference), response)) names.push(ref.replace('refs/tags/', ''));
        page = nextPage(response);
      }
      return newestFirst(names);
    },
  };

  async function isThere(name: string): Promise<boolean> {
    return (await call(`ref/tags/${name}`)).ok;
  }
}

/** The path behind `/git/` of the header's `rel="next"`. */
function nextPage(response: Response): string | undefined {
  return /<[^>]*\/git\/([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
}

async function refusalOf(response: Response): Promise<Error> {
  const { message } = z
    .object({ message: z.string() })
    .catch({ message: 'no reason given' })
    .parse(await response.json().catch(() => ({})));
  return new Error(`GitHub answered ${response.status} (${message}): has the job contents: write?`);
}
