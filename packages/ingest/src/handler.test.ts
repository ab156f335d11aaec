import type { Logger } from '@quakewire/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createHandler } from './handler.ts';
import type { Post, PostAnswer } from './receive-post.ts';

function createWorld(answer: () => Promise<PostAnswer>) {
  const posts: Post[] = [];
  const counted: string[] = [];
  const lines: string[] = [];
  const note = (_fields: Record<string, unknown>, message: string): void => void lines.push(message);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const metrics = { add: (name: string) => void counted.push(name), flush: () => undefined };
  const receive = (post: Post) => {
    posts.push(post);
    return answer();
  };
  return { posts, counted, lines, handler: createHandler(receive, metrics, logger) };
}
const event = (changes: Partial<APIGatewayProxyEventV2> = {}) =>
  ({ headers: { a: 'b' }, body: '{"é":1}', isBase64Encoded: false, ...changes }) as APIGatewayProxyEventV2;
const taken: PostAnswer = { earthquakeId: 'eq1', told: 'alert', alertSeq: 1 };

describe('handler', () => {
  it.each<[PostAnswer, number, string]>([
    [taken, 202, 'post.taken'],
    [{ heartbeat: true }, 204, 'post.heartbeat'],
    [{ refused: 'malformed', problem: 'id: missing' }, 400, 'post.malformed'],
    [{ refused: 'forged', problem: 'signature' }, 401, 'post.forged'],
    [{ refused: 'late', problem: 'time' }, 401, 'post.late'],
    [{ refused: 'replayed', problem: 'again' }, 409, 'post.replayed'],
    [{ refused: 'tooLarge', problem: 'size' }, 413, 'post.tooLarge'],
  ])('answers %j with %i and counts it', async (answer, statusCode, name) => {
    const { handler, counted } = createWorld(async () => answer);
    const result = await handler(event());
    expect(result.statusCode).toBe(statusCode);
    if (result.body) expect(JSON.parse(result.body)).toEqual(answer);
    expect(counted).toEqual([name]);
  });

  it('never throws: the sender is told to try again', async () => {
    const { handler, counted, lines } = createWorld(() => Promise.reject(new Error('no store')));
    expect(await handler(event())).toEqual({ statusCode: 503, headers: { 'retry-after': '1' } });
    expect(counted).toEqual(['post.failed']);
    expect(lines).toEqual(['post not taken']);
  });

  it('hands on the bytes that were signed, however the event carries them', async () => {
    const { handler, posts } = createWorld(async () => taken);
    const bytes = Buffer.from('{"é":1}');
    await handler(event());
    await handler(event({ body: bytes.toString('base64'), isBase64Encoded: true }));
    expect(posts.map(({ body }) => Buffer.from(body))).toEqual([bytes, bytes]);
  });
});
