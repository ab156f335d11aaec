import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from './aws-error.ts';

export interface JsonAnswer {
  status: number;
  body?: unknown;
}

/** Bodies that the gateway reads itself are small; Lambda's own limit of a synchronous payload is the bound. */
const maximumBodyBytes = 6 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > maximumBodyBytes) throw new AwsError(413, 'RequestTooLargeException', 'the request is above 6 MiB');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError(400, 'SerializationException', 'the request is not JSON');
  }
}

export function sendJson(
  response: ServerResponse,
  { status, body }: JsonAnswer,
  contentType = 'application/json',
): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
  });
  response.end(text);
}

/** REST JSON errors name their type in a header, AWS JSON (DynamoDB) in the body: both are sent. */
export function sendError(response: ServerResponse, error: AwsError): void {
  response.setHeader('x-amzn-errortype', error.type);
  sendJson(response, {
    status: error.status,
    body: { __type: error.type, Type: 'User', Message: error.message, message: error.message },
  });
}
