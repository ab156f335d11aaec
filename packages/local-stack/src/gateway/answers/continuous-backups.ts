import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@quakewire/core';
import * as z from 'zod';
import type { PassOn } from '../pass-on.ts';
import type { StateFile } from '../state-file.ts';
import { AwsError } from '../wire/aws-error.ts';
import { parseJson, readBody, sendJson } from '../wire/json-answer.ts';
import type { Route } from '../wire/mapping-routes.ts';
import { parseRequest } from '../wire/parse-request.ts';

const target = (operation: string) => `DynamoDB_20120810.${operation}`;
const longestRecoveryDays = 35;

const describeSchema = z.strictObject({ TableName: z.string().min(1) });
const updateSchema = z.strictObject({
  TableName: z.string().min(1),
  PointInTimeRecoverySpecification: z.strictObject({
    PointInTimeRecoveryEnabled: z.boolean(),
    RecoveryPeriodInDays: z.int().min(1).max(longestRecoveryDays).optional(),
  }),
});

/**
 * Point-in-time recovery, which no local table server has: the setting is kept for each table, nothing is backed up.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html
 */
export function createContinuousBackups(
  state: StateFile,
  passOn: PassOn,
  { tablesUrl, clock }: { tablesUrl: string; clock: Pick<Clock, 'wallMs'> },
): Route {
  /** Asks with the client's own headers: the table server wants a signature to be there, though it checks none. */
  async function requireTable(request: IncomingMessage, tableName: string): Promise<void> {
    const body = Buffer.from(JSON.stringify({ TableName: tableName }));
    const headers = {
      ...request.headers,
      'x-amz-target': target('DescribeTable'),
      'content-length': String(body.length),
    };
    const answer = await passOn.fetch({ method: 'POST', url: '/', headers }, tablesUrl, body);
    if (answer.status === 200) return;
    if (answer.body.includes('ResourceNotFoundException')) {
      throw new AwsError(400, 'TableNotFoundException', `Table not found: ${tableName}`);
    }
    throw new Error(`the tables answer DescribeTable with status ${answer.status}`);
  }

  function describe(tableName: string): unknown {
    const recovery = state.current().continuousBackups[tableName];
    const description = recovery
      ? {
          PointInTimeRecoveryStatus: 'ENABLED',
          RecoveryPeriodInDays: recovery.recoveryPeriodInDays,
          EarliestRestorableDateTime: recovery.enabledAtSeconds,
          LatestRestorableDateTime: clock.wallMs() / 1000,
        }
      : { PointInTimeRecoveryStatus: 'DISABLED' };
    const status = { ContinuousBackupsStatus: 'ENABLED', PointInTimeRecoveryDescription: description };
    return { ContinuousBackupsDescription: status };
  }

  async function apply(request: z.infer<typeof updateSchema>): Promise<void> {
    const { TableName: tableName, PointInTimeRecoverySpecification: wanted } = request;
    await state.change(({ continuousBackups: { [tableName]: before, ...others } }) => {
      if (!wanted.PointInTimeRecoveryEnabled) return { continuousBackups: others };
      const enabledAtSeconds = before?.enabledAtSeconds ?? clock.wallMs() / 1000;
      const recoveryPeriodInDays = wanted.RecoveryPeriodInDays ?? longestRecoveryDays;
      return { continuousBackups: { ...others, [tableName]: { enabledAtSeconds, recoveryPeriodInDays } } };
    });
  }

  /** A table made again under the same name starts without recovery. */
  async function deleteTable(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    await passOn.pass(request, response, tablesUrl, body);
    const name = describeSchema.safeParse(parseJson(body)).data?.TableName;
    if (name === undefined || response.statusCode !== 200) return;
    await state.change(({ continuousBackups: { [name]: _gone, ...others } }) => ({ continuousBackups: others }));
  }

  return async function route(request, response) {
    const operation = request.headers['x-amz-target'];
    if (operation === target('DeleteTable')) {
      await deleteTable(request, response);
    } else if (operation === target('DescribeContinuousBackups')) {
      const { TableName: tableName } = parseRequest(describeSchema, parseJson(await readBody(request)));
      await requireTable(request, tableName);
      sendAmzJson(response, describe(tableName));
    } else if (operation === target('UpdateContinuousBackups')) {
      const update = parseRequest(updateSchema, parseJson(await readBody(request)));
      await requireTable(request, update.TableName);
      await apply(update);
      sendAmzJson(response, describe(update.TableName));
    } else {
      return false;
    }
    return true;
  };
}

const sendAmzJson = (response: ServerResponse, body: unknown) =>
  sendJson(response, { status: 200, body }, 'application/x-amz-json-1.0');
