import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A commit that the stand-in's repository has. */
export const knownCommit = '0123456789abcdef0123456789abcdef01234567';
const token = 'stand-in-token';
const repository = 'example/quakewire';

interface Tag {
  message: string;
  object: { type: 'commit'; sha: string };
}

/**
 * Git's tags and references as GitHub's API speaks of them: a tag object is nothing before a reference names it, a reference
 * that exists is refused with 422, lists come in pages.
 */
export async function startGithubStandIn(perPage = 5) {
  const tags = new Map<string, Tag>();
  const refs = new Map<string, { type: 'tag' | 'commit'; sha: string }>();
  const base = `/repos/${repository}/git`;

  const answer = (response: ServerResponse, status: number, body: unknown, headers = {}): undefined => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(JSON.stringify(body));
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<undefined> {
    const url = new URL(request.url ?? '', 'http://stand-in');
    if (request.headers.authorization !== `Bearer ${token}`)
      return answer(response, 401, { message: 'Bad credentials' });
    const body = request.method === 'POST' ? JSON.parse(await text(request)) : undefined;
    const path = decodeURIComponent(url.pathname).slice(base.length);
    if (request.method === 'POST' && path === '/tags') return createTag(body, response);
    if (request.method === 'POST' && path === '/refs') return createRef(body, response);
    const [, kind, name = ''] = /^\/(tags|ref|matching-refs)\/(.+)$/.exec(path) ?? [];
    const tag = tags.get(name);
    if (kind === 'tags' && tag) return answer(response, 200, { sha: name, ...tag });
    const object = refs.get(`refs/${name}`);
    if (kind === 'ref' && object) return answer(response, 200, { ref: `refs/${name}`, object });
    if (kind === 'matching-refs') return listRefs(`refs/${name}`, url, response);
    answer(response, 404, { message: 'Not Found' });
  }

  function createTag({ tag, message, object, type }: Record<string, string>, response: ServerResponse): undefined {
    if (object !== knownCommit) return answer(response, 422, { message: 'Object does not exist' });
    const sha = createHash('sha1').update(`${tag}${message}`).digest('hex');
    tags.set(sha, { message: message ?? '', object: { type: type as 'commit', sha: object } });
    answer(response, 201, { sha, tag, message });
  }

  function createRef({ ref, sha }: Record<string, string>, response: ServerResponse): undefined {
    if (!ref || !sha) return answer(response, 422, { message: 'Invalid request' });
    if (refs.has(ref)) return answer(response, 422, { message: 'Reference already exists' });
    refs.set(ref, { type: tags.has(sha) ? 'tag' : 'commit', sha });
    answer(response, 201, { ref, object: refs.get(ref) });
  }

  function listRefs(prefix: string, url: URL, response: ServerResponse): undefined {
    const page = Number(url.searchParams.get('page') ?? 1);
    const matching = [...refs].filter(([ref]) => ref.startsWith(prefix)).sort();
    const shown = matching.slice((page - 1) * perPage, page * perPage).map(([ref, object]) => ({ ref, object }));
    const next = new URL(url);
    next.searchParams.set('page', String(page + 1));
    const headers = page * perPage < matching.length ? { link: `<${next.href}>; rel="next"` } : {};
    answer(response, 200, shown, headers);
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    options: { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, repository, token },
    makeLightweightTag: (name: string) => refs.set(`refs/tags/${name}`, { type: 'commit', sha: knownCommit }),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
