import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PassOn } from '../pass-on.ts';
import { type JsonAnswer, parseJson, readBody, sendJson } from './json-answer.ts';
import type { MappingApi } from './mapping-api.ts';
import type { MappingTags } from './mapping-tags.ts';

const mappingsPath = /^\/2015-03-31\/event-source-mappings\/?([^/]*)$/;
const tagsPath = /^\/2017-03-31\/tags\/(.+)$/;

/** A request's own answer, or false = not ours: to be passed on (with the body where it was read). */
export type Route = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<boolean>;

/** Event source mappings of self-managed Kafka and their tags; every other mapping is the emulator's. */
export function createMappingRoutes(api: MappingApi, tags: MappingTags, passOn: PassOn, emulatorUrl: string): Route {
  async function routeMapping(request: IncomingMessage, uuid: string): Promise<JsonAnswer | null> {
    if (!api.isOurs(uuid)) return null;
    if (request.method === 'GET') return api.get(uuid);
    if (request.method === 'PUT') return api.update(uuid, parseJson(await readBody(request)));
    if (request.method === 'DELETE') return api.delete(uuid);
    return null;
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const answer = await api.create(parseJson(body));
    if (answer) sendJson(response, answer);
    else await passOn.pass(request, response, emulatorUrl, body);
  }

  /** Ours before the emulator's own, on the first page. */
  async function list(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const others = await passOn.fetch(request, emulatorUrl, Buffer.alloc(0));
    const page = parseJson(others.body) as { EventSourceMappings?: unknown[] };
    const isFirstPage = !url.searchParams.has('Marker') && !url.searchParams.has('EventSourceArn');
    const ours = isFirstPage ? await api.list(url.searchParams.get('FunctionName')) : [];
    const body = { ...page, EventSourceMappings: [...ours, ...(page.EventSourceMappings ?? [])] };
    sendJson(response, others.status === 200 ? { status: 200, body } : { status: others.status, body: page });
  }

  async function routeTags(request: IncomingMessage, arn: string, url: URL): Promise<JsonAnswer | null> {
    // Looked at before the body is read: what is passed on must be whole.
    const listed = tags.list(arn);
    if (!listed || request.method === 'GET') return listed;
    if (request.method === 'POST') return tags.add(arn, parseJson(await readBody(request)));
    return tags.remove(arn, url.searchParams.getAll('tagKeys'));
  }

  return async function route(request, response, url) {
    const uuid = mappingsPath.exec(url.pathname)?.[1];
    const taggedArn = tagsPath.exec(url.pathname)?.[1];
    let answer: JsonAnswer | null = null;
    if (taggedArn !== undefined) answer = await routeTags(request, decodeURIComponent(taggedArn), url);
    else if (uuid) answer = await routeMapping(request, uuid);
    else if (uuid === '' && request.method === 'POST') return create(request, response).then(() => true);
    else if (uuid === '' && request.method === 'GET') return list(request, response, url).then(() => true);
    if (answer) sendJson(response, answer);
    return answer !== null;
  };
}
