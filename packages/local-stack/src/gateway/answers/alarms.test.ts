import { startGatewayFixture } from '../testing-support/gateway-fixture.ts';
import { rewriteAlarmMembers } from './alarm-members.ts';

const shown = (name: string) =>
  `<member><AlarmName>${name}</AlarmName><AlarmArn>arn:${name}</AlarmArn><StateValue>OK</StateValue>` +
  '<MetricName></MetricName><StateReason>fine</StateReason></member>';

test('an alarm is shown as it was put: lists, dimensions and metric queries nested, text escaped (API_DescribeAlarms)', () => {
  const put = {
    Action: 'PutMetricAlarm',
    Version: '2010-08-01',
    AlarmName: 'a',
    AlarmDescription: 'below 5 & <late>',
    'Dimensions.member.1.Name': 'FunctionName',
    'Dimensions.member.1.Value': 'f',
    'AlarmActions.member.1': 'arn:sns',
    'Metrics.member.1.MetricStat.Metric.MetricName': 'Errors',
    'Metrics.member.1.ReturnData': 'false',
    'Tags.member.1.Key': 'hidden',
  };
  expect(rewriteAlarmMembers(`<MetricAlarms>${shown('a')}</MetricAlarms>`, { a: put })).toBe(
    '<MetricAlarms><member><AlarmArn>arn:a</AlarmArn><StateValue>OK</StateValue><StateReason>fine</StateReason>' +
      '<ActionsEnabled>true</ActionsEnabled><AlarmName>a</AlarmName>' +
      '<AlarmDescription>below 5 &amp; &lt;late&gt;</AlarmDescription>' +
      '<Dimensions><member><Name>FunctionName</Name><Value>f</Value></member></Dimensions>' +
      '<AlarmActions><member>arn:sns</member></AlarmActions>' +
      '<Metrics><member><MetricStat><Metric><MetricName>Errors</MetricName></Metric></MetricStat>' +
      '<ReturnData>false</ReturnData></member></Metrics></member></MetricAlarms>',
  );
});

test('an alarm that was not put through the gateway is shown as the emulator knows it', () => {
  expect(rewriteAlarmMembers(shown('b'), { a: { AlarmName: 'a' } })).toBe(shown('b'));
});

describe('over the wire', () => {
  let fixture: Awaited<ReturnType<typeof startGatewayFixture>>;
  let putStatus = 200;
  beforeEach(async () => {
    putStatus = 200;
    fixture = await startGatewayFixture({
      emulator: ({ body }) =>
        body.includes('DescribeAlarms') ? { body: shown('a') } : { status: putStatus, body: '<ok/>' },
    });
  });
  afterEach(() => fixture.stop());

  const call = (parameters: Record<string, string>) =>
    fixture.call('POST', '/', new URLSearchParams(parameters).toString(), {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/monitoring/aws4_request',
    });
  const put = () => call({ Action: 'PutMetricAlarm', AlarmName: 'a', Period: '60' });
  const describeAlarms = async () => (await call({ Action: 'DescribeAlarms' })).text;

  test('the put is passed on, remembered over a restart, and forgotten with the alarm (API_PutMetricAlarm, API_DeleteAlarms)', async () => {
    expect((await put()).text).toBe('<ok/>');
    await fixture.restart();
    expect(await describeAlarms()).toContain('<Period>60</Period>');
    await call({ Action: 'DeleteAlarms', 'AlarmNames.member.1': 'a' });
    expect(await describeAlarms()).not.toContain('<Period>');
  });

  test('a put that was refused is not remembered', async () => {
    putStatus = 400;
    expect((await put()).status).toBe(400);
    expect(await describeAlarms()).toBe(shown('a'));
  });
});
