import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { AwsError } from '../wire/aws-error.ts';
import { parseJson, readBody, sendJson } from '../wire/json-answer.ts';
import type { Route } from '../wire/mapping-routes.ts';
import { parseRequest } from '../wire/parse-request.ts';

/** Where a test asks for throttling and reads how often there was any. */
const controlPath = '/_gateway/tables';

const controlSchema = z.strictObject({
  /** Of the calls that read or write items, those refused from now on. */
  throttledShare: z.number().min(0).max(1),
});

/** Calls of a table's throughput; calls that create or describe tables have limits of their own. */
const itemCalls = /^DynamoDB_20120810\.(GetItem|PutItem|UpdateItem|DeleteItem|Query|Scan|Batch\w+|Transact\w+)$/;

/**
 * A table beyond its capacity, on demand: a share of the calls is refused before it reaches the tables, in DynamoDB's two
 * ways of saying so. `POST /_gateway/tables {"throttledShare": 0.3}`, `GET /_gateway/tables`.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 * @param draw gives numbers in [0, 1).
 */
export function createThrottledTables(draw: () => number): Route {
  let throttledShare = 0;
  let throttledCalls = 0;

  const mustRefuse = ({ headers }: IncomingMessage): boolean =>
    throttledShare > 0 && itemCalls.test(String(headers['x-amz-target'])) && draw() < throttledShare;

  return async function route(request, response, url) {
    if (url.pathname === controlPath) {
      if (request.method === 'POST')
        ({ throttledShare } = parseRequest(controlSchema, parseJson(await readBody(request))));
      sendJson(response, { status: 200, body: { throttledShare, throttledCalls } });
      return true;
    }
    if (!mustRefuse(request)) return false;
    await readBody(request);
    throttledCalls += 1;
    throw draw() < 0.5 ? beyondProvisioned : beyondOnDemand;
  };
}

const beyondProvisioned = new AwsError(
  400,
  'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException',
  'The level of configured provisioned throughput for the table was exceeded.',
);

const beyondOnDemand = new AwsError(
  400,
  'com.amazon.coral.availability#ThrottlingException',
  'Throughput exceeds the current capacity of your table or index.',
);
