import type { Broadcast, Clock, Logger } from '@quakewire/core';
import type { Metrics } from '@quakewire/lambda-runtime';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Post, PostAnswer, Refusal } from './receive-post.ts';

const statusOf: Record<Refusal, number> = { tooLarge: 413, forged: 401, late: 401, malformed: 400, replayed: 409 };

export interface HandlerDeps {
  receivePost(post: Post): Promise<PostAnswer>;
  broadcast: Pick<Broadcast, 'ended'>;
  metrics: Metrics;
  clock: Clock;
  logger: Logger;
}

/** A sender must not wait for ever for its answer; what is left goes on with the next post. */
const longestBroadcastMs = 5_000;

/** One POST through the HTTP API. It answers whatever happens: the sender tries again what failed. */
export function createHandler({ receivePost, broadcast, metrics, clock, logger }: HandlerDeps) {
  /** With its answer the environment may be frozen, in the midst of a post to a public chat. */
  async function untilBroadcast(): Promise<void> {
    const over = new AbortController();
    const waited = clock.sleep(longestBroadcastMs, over.signal).catch(() => undefined);
    await Promise.race([broadcast.ended(), waited]);
    over.abort();
  }

  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const { headers, body = '', isBase64Encoded } = event;
    const post = { headers, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
    const answer = await receivePost(post).catch((error: unknown): PostAnswer => {
      logger.error({ error: error instanceof Error ? error.message : 'unknown' }, 'post not taken');
      return { failed: true };
    });
    await untilBroadcast();
    metrics.add(`post.${nameOf(answer)}`, 1);
    metrics.flush();
    if ('refused' in answer) logger.warn(answer, 'post refused');
    return toResult(answer);
  };
}

function nameOf(answer: PostAnswer): string {
  if ('refused' in answer) return answer.refused;
  if ('failed' in answer) return 'failed';
  return 'heartbeat' in answer ? 'heartbeat' : 'taken';
}

function toResult(answer: PostAnswer): APIGatewayProxyStructuredResultV2 {
  if ('heartbeat' in answer) return { statusCode: 204 };
  if ('failed' in answer) return { statusCode: 503, headers: { 'retry-after': '1' } };
  const statusCode = 'refused' in answer ? statusOf[answer.refused] : 202;
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
}
