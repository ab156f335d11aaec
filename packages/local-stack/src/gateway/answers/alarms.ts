import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PassOn } from '../pass-on.ts';
import type { StateFile } from '../state-file.ts';
import { readBody } from '../wire/json-answer.ts';
import type { Route } from '../wire/mapping-routes.ts';
import { rewriteAlarmMembers } from './alarm-members.ts';

/**
 * CloudWatch alarms as they were put, kept by the gateway where the emulator forgets.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
 */
export function createAlarms(state: StateFile, passOn: PassOn, emulatorUrl: string): Route {
  async function put(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const parameters = Object.fromEntries(formOf(body));
    const name = parameters.AlarmName ?? '';
    await passAndRemember(request, response, body, (alarms) => ({ ...alarms, [name]: parameters }));
  }

  async function remove(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const names = new Set([...formOf(body)].flatMap(([key, value]) => (/^AlarmNames\./.test(key) ? [value] : [])));
    await passAndRemember(request, response, body, (alarms) =>
      Object.fromEntries(Object.entries(alarms).filter(([name]) => !names.has(name))),
    );
  }

  type Alarms = ReturnType<StateFile['current']>['alarms'];

  /** Remembered before the client hears of it: its next call may already ask. */
  async function passAndRemember(
    request: IncomingMessage,
    response: ServerResponse,
    body: Buffer,
    remember: (alarms: Alarms) => Alarms,
  ): Promise<void> {
    const answer = await passOn.fetch(request, emulatorUrl, body);
    if (answer.status === 200) await state.change(({ alarms }) => ({ alarms: remember(alarms) }));
    send(response, answer.status, answer.headers['content-type'], answer.body);
  }

  async function describe(request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
    const answer = await passOn.fetch(request, emulatorUrl, body);
    const rewritten = rewriteAlarmMembers(answer.body.toString('utf8'), state.current().alarms);
    send(response, answer.status, answer.headers['content-type'], Buffer.from(rewritten));
  }

  const actions = new Map([
    ['PutMetricAlarm', put],
    ['PutCompositeAlarm', put],
    ['DeleteAlarms', remove],
    ['DescribeAlarms', describe],
  ]);

  return async function route(request, response) {
    if (!isCloudWatchForm(request)) return false;
    const body = await readBody(request);
    const action = actions.get(formOf(body).get('Action') ?? '');
    await (action ? action(request, response, body) : passOn.pass(request, response, emulatorUrl, body));
    return true;
  };
}

const formOf = (body: Buffer) => new URLSearchParams(body.toString('utf8'));

/** The service is told by the signature's scope; only then is a body read here. */
const isCloudWatchForm = ({ headers }: IncomingMessage): boolean =>
  (headers.authorization ?? '').includes('/monitoring/aws4_request') &&
  (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

function send(response: ServerResponse, status: number, contentType: string | undefined, body: Buffer): void {
  response.writeHead(status, { 'content-type': contentType ?? 'text/xml', 'content-length': body.length });
  response.end(body);
}
