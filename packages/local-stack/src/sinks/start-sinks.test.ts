import { createHmac } from 'node:crypto';
import { type SinkOptions, type Sinks, startSinks } from './start-sinks.ts';

let sinks: Sinks;
afterEach(() => sinks.stop());
const start = async (options: SinkOptions = {}) => {
  sinks = await startSinks({ behaviour: { latencyMs: 0 }, ...options });
};

const contentOf = async (answer: Response) => JSON.parse(await answer.text());

const smsForm = { To: '+40721234567', From: '+40700000000', Body: 'text', ValidityPeriod: '60' };
const basic = `Basic ${Buffer.from('AC1:token').toString('base64')}`;
const sms = (form: Record<string, string> = smsForm, authorization = basic) =>
  fetch(`${sinks.urls.sms}/2010-04-01/Accounts/AC1/Messages.json`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: { authorization },
  });
const telegram = (body: unknown) =>
  fetch(`${sinks.urls.telegram}/bot1:token/sendMessage`, { method: 'POST', body: JSON.stringify(body) });
const email = (form: Record<string, string>, authorization = 'AWS4-HMAC-SHA256 Credential=x') =>
  fetch(sinks.urls.email, { method: 'POST', body: new URLSearchParams(form), headers: { authorization } });
const raw = Buffer.from('From: a@example.org\r\n\r\ntext').toString('base64');

describe('the sinks', () => {
  it('remember each accepted message with its address, id and times', async () => {
    await start({ behaviour: { latencyMs: 20 } });
    const answer = await sms();
    expect(answer.status).toBe(201);
    const [message] = sinks.accepted('sms');
    expect(message).toMatchObject({ channel: 'sms', to: smsForm.To, messageId: (await contentOf(answer)).sid });
    expect((message?.acceptedAtMs ?? 0) - (message?.arrivedAtMs ?? 0)).toBeGreaterThan(18);
    expect(Math.abs((message?.acceptedAtMs ?? 0) - Date.now())).toBeLessThan(5000);
  });

  it('accept a message also when its sender does not wait for the answer', async () => {
    await start({ providers: { sms: { cutShare: 1, unansweredAcceptedShare: 1 } } });
    await expect(sms()).rejects.toThrow();
    expect(sinks.accepted('sms')).toHaveLength(1);
    await sinks.behave({ sms: { unansweredAcceptedShare: 0 } });
    await expect(sms()).rejects.toThrow();
    expect(sinks.accepted('sms')).toHaveLength(1);
    expect(sinks.stats('sms').unanswered).toBe(2);
  });

  it('go away and come back at the same address', async () => {
    await start();
    await sinks.behave({ sms: { down: true } });
    await expect(sms()).rejects.toThrow();
    await sinks.behave({ sms: { down: false } });
    expect((await sms()).status).toBe(201);
  });

  it('count what became of each request, and the fullest second', async () => {
    await start({ providers: { sms: { ratePerSecond: 2 } } });
    await Promise.all([sms(), sms(), sms(), sms({ ...smsForm, Body: '' })]);
    expect(sinks.stats('sms')).toEqual({
      requests: 4,
      accepted: 2,
      rejected: 0,
      throttled: 1,
      failed: 0,
      unanswered: 0,
      malformed: 1,
      peakRequestsPerSecond: 4,
      peakAcceptedPerSecond: 2,
    });
  });
});

it('the sinks tell the words of each message, whatever the protocol', async () => {
  await start();
  const words = 'Lăsați-vă jos';
  const part = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(words).toString('base64')}\r\n--part`;
  const mail = Buffer.from(`From: a@example.org\r\nMIME-Version: 1.0\r\n\r\n--part\r\n${part}`).toString('base64');
  await sms({ ...smsForm, Body: words });
  await telegram({ chat_id: 42, text: words });
  await email({ Action: 'SendRawEmail', 'Destinations.member.1': 'a@example.org', 'RawMessage.Data': mail });
  await fetch(`${sinks.urls.webhook}/hooks/1`, {
    method: 'POST',
    body: JSON.stringify({ schema: 1, text: words }),
    headers: { 'webhook-id': 'r-1' },
  });
  for (const channel of ['sms', 'email', 'telegram', 'webhook'] as const)
    expect(sinks.accepted(channel)).toMatchObject([{ text: words }]);
});

describe('the control interface', () => {
  const control = (path: string, init?: RequestInit) => fetch(`${sinks.urls.control}/_sinks/${path}`, init);

  it('tells messages as JSON lines, statistics and health, and forgets on demand', async () => {
    await start();
    await sms();
    await telegram({ chat_id: 42, text: 'text' });
    const lines = (await (await control('messages')).text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).to)).toEqual([smsForm.To, '42']);
    expect((await contentOf(await control('stats'))).telegram).toMatchObject({
      accepted: 1,
      behaviour: { latencyMs: 0 },
    });
    expect((await control('health')).status).toBe(200);
    expect((await control('messages', { method: 'DELETE' })).status).toBe(204);
    expect(await (await control('messages')).text()).toBe('');
    expect((await contentOf(await control('stats'))).sms.requests).toBe(0);
  });

  it('changes one behaviour and leaves the others', async () => {
    await start({ behaviour: { latencyMs: 3 } });
    const changed = await control('behaviour', { method: 'POST', body: JSON.stringify({ sms: { errorShare: 1 } }) });
    expect(changed.status).toBe(204);
    expect((await sms()).status).toBe(500);
    expect((await telegram({ chat_id: 42, text: 'text' })).status).toBe(200);
    expect((await contentOf(await control('stats'))).sms.behaviour).toMatchObject({ latencyMs: 3, errorShare: 1 });
  });

  it.each(['', 'not json', '{"sms":{"errorShare":2}}'])('refuses the behaviour %j and says why', async (body) => {
    await start();
    const answer = await control('behaviour', { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect((await contentOf(answer)).error).toBeTruthy();
  });

  it('names its paths when asked for another', async () => {
    await start();
    const answer = await control('nothing');
    expect(answer.status).toBe(404);
    expect((await contentOf(answer)).error).toContain('GET /_sinks/messages');
  });
});

describe('the protocols', () => {
  it.each([
    [{ ...smsForm, To: '' }, 400, 21604],
    [{ ...smsForm, To: '0721' }, 400, 21211],
    [{ ...smsForm, From: '' }, 400, 21603],
    [{ ...smsForm, Body: '' }, 400, 21602],
    [{ ...smsForm, Body: 'x'.repeat(1601) }, 400, 21617],
    [{ ...smsForm, ValidityPeriod: '0' }, 400, 21624],
  ])("Twilio's refuses a bad form with its own code", async (form, status, code) => {
    await start();
    const answer = await sms(form);
    expect(answer.status).toBe(status);
    expect(await contentOf(answer)).toMatchObject({ code, status, message: expect.any(String) });
  });

  it("Twilio's refuses another account's credentials", async () => {
    await start();
    const answer = await sms(smsForm, `Basic ${Buffer.from('AC2:token').toString('base64')}`);
    expect([answer.status, (await contentOf(answer)).code]).toEqual([401, 20003]);
  });

  it.each([
    [{ chat_id: 'no one', text: 'text' }, 'chat not found'],
    [{ text: 'text' }, 'chat_id is empty'],
    [{ chat_id: 1, text: '' }, 'message text is empty'],
    [{ chat_id: 1, text: 'x'.repeat(4097) }, 'message is too long'],
  ])("Telegram's refuses %j", async (body, words) => {
    await start();
    const answer = await telegram(body);
    expect(await contentOf(answer)).toEqual({ ok: false, error_code: 400, description: `Bad Request: ${words}` });
  });

  it.each([
    [{ Action: 'SendEmail' }, 'InvalidAction'],
    [{ Action: 'SendRawEmail', 'Destinations.member.1': 'a@example.org' }, 'InvalidParameterValue'],
    [{ Action: 'SendRawEmail', 'RawMessage.Data': raw, 'Destinations.member.1': 'nobody' }, 'InvalidParameterValue'],
  ])("SES's refuses %j with %s", async (form, code) => {
    await start();
    const answer = await email(form);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(`<Code>${code}</Code>`);
  });

  it("SES's refuses a request that is not signed", async () => {
    await start();
    expect((await email({ Action: 'SendRawEmail' }, '')).status).toBe(403);
  });

  it('a webhook receiver refuses a wrong signature and takes a right one', async () => {
    const webhookSigningKey = 'a key of the tests only';
    await start({ webhookSigningKey });
    const post = (body: string) =>
      fetch(`${sinks.urls.webhook}/hooks/1`, {
        method: 'POST',
        body,
        headers: {
          'webhook-id': 'r-1',
          'webhook-timestamp': '1700000000',
          'webhook-signature': `v1,${createHmac('sha256', webhookSigningKey).update('r-1.1700000000.{}').digest('base64')}`,
        },
      });
    expect((await post('{"changed":1}')).status).toBe(401);
    expect((await post('{}')).status).toBe(204);
    expect(sinks.accepted('webhook')).toMatchObject([{ to: `${sinks.urls.webhook}/hooks/1`, reference: 'r-1' }]);
  });
});

it('options out of range are refused by name', async () => {
  await start();
  await expect(startSinks({ behaviour: { hangShare: 2 } })).rejects.toThrow('hangShare');
});
