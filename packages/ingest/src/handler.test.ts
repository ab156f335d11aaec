import type { Logger } from '@quakewire/core';
import { createStepClock } from '@quakewire/testing';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { createHandler } from './handler.ts';
import type { Post, PostAnswer } from './receive-post.ts';

function createWorld(answer: () => Promise<PostAnswer>, ended = Promise.resolve()) {
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
  const clock = createStepClock();
  const broadcast = { ended: () => ended };
  const handler = createHandler({ receivePost: receive, broadcast, metrics, clock, logger });
  return { posts, counted, lines, clock, handler };
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

  it('answers when what is said to everybody is out: its environment may be frozen then', async () => {
    let end = (): void => undefined;
    const { handler, clock } = createWorld(async () => taken, new Promise((resolve) => (end = resolve)));
    let isAnswered = false;
    const answered = handler(event()).then(() => (isAnswered = true));
    await clock.advance(4_000);
    expect(isAnswered).toBe(false);
    end();
    await answered;
    expect(clock.sleepers()).toBe(0);
  });

  it('waits no longer than 5 s for that', async () => {
    const { handler, clock } = createWorld(async () => taken, new Promise(() => undefined));
    expect(await clock.until(handler(event()))).toMatchObject({ statusCode: 202 });
    expect(clock.monotonicMs()).toBe(5_000);
  });

  it('hands on the bytes that were signed, however the event carries them', async () => {
    const { handler, posts } = createWorld(async () => taken);
    const bytes = Buffer.from('{"é":1}');
    await handler(event());
    await handler(event({ body: bytes.toString('base64'), isBase64Encoded: true }));
    expect(posts.map(({ body }) => Buffer.from(body))).toEqual([bytes, bytes]);
  });
});
