import { createServer, type Server, type Socket } from 'node:net';
import { noTimeOut } from '../../test/a-notification.ts';
import { answerWith, type RecordingServer, startRecordingServer } from '../../test/recording-server.ts';
import { createHttpPoster, type HttpAnswer } from './create-http-poster.ts';
import { NoAnswer } from './no-answer.ts';

const content = { headers: { 'content-type': 'text/plain' }, body: 'hello' };
const failureOf = async (answer: Promise<HttpAnswer>): Promise<NoAnswer> =>
  answer.then(
    () => {
      throw new Error('answered');
    },
    (error: NoAnswer) => error,
  );

describe('a POST', () => {
  let server: RecordingServer | undefined;
  afterEach(() => server?.stop());

  it('is sent once, and its whole answer comes back', async () => {
    server = await startRecordingServer(answerWith(201, 'ț', { 'retry-after': '3' }));
    const answer = await createHttpPoster()(new URL(`${server.url}/path?a=b`), content, noTimeOut());
    expect(answer).toMatchObject({ status: 201, body: 'ț', headers: { 'retry-after': '3' } });
    expect(server.requests).toEqual([expect.objectContaining({ method: 'POST', path: '/path?a=b', body: 'hello' })]);
  });

  it('does not follow a redirect', async () => {
    server = await startRecordingServer(answerWith(307, '', { location: '/elsewhere' }));
    const answer = await createHttpPoster()(new URL(server.url), content, noTimeOut());
    expect(answer.status).toBe(307);
    expect(server.requests).toHaveLength(1);
  });

  it('was not written when its host name is still being resolved at the time-out', async () => {
    const timeOut = new AbortController();
    const post = createHttpPoster({ lookup: () => timeOut.abort() });
    const failure = await failureOf(post(new URL('http://receiver.example'), content, timeOut.signal));
    expect(failure).toMatchObject({ written: false, code: 'ABORT_ERR' });
  });

  it('was not written when nobody listens', async () => {
    const gone = await startRecordingServer(answerWith(200));
    await gone.stop();
    const failure = await failureOf(createHttpPoster()(new URL(gone.url), content, noTimeOut()));
    expect(failure).toMatchObject({ written: false, code: 'ECONNREFUSED' });
  });

  it('was not written when a header cannot be sent at all', async () => {
    const bad = { headers: { 'webhook-id': 'a\nb' }, body: '' };
    const failure = await failureOf(createHttpPoster()(new URL('http://127.0.0.1:1'), bad, noTimeOut()));
    expect(failure).toMatchObject({ written: false, code: 'ERR_INVALID_CHAR' });
  });

  it('may have been acted on when the answer stops in the middle', async () => {
    server = await startRecordingServer((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    const failure = await failureOf(createHttpPoster()(new URL(server.url), content, noTimeOut()));
    expect(failure).toBeInstanceOf(NoAnswer);
    expect(failure.written).toBe(true);
  });

  it('may have been acted on when the time-out comes in the middle of the answer', async () => {
    const timeOut = new AbortController();
    server = await startRecordingServer((response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => timeOut.abort());
    });
    const failure = await failureOf(createHttpPoster()(new URL(server.url), content, timeOut.signal));
    expect(failure.written).toBe(true);
  });

  it('gives up an answer of more than 64 KiB', async () => {
    server = await startRecordingServer(answerWith(200, 'x'.repeat(70_000)));
    const failure = await failureOf(createHttpPoster()(new URL(server.url), content, noTimeOut()));
    expect(failure).toMatchObject({ written: true, code: 'ANSWER_TOO_LARGE' });
  });
});

describe('a POST over TLS', () => {
  let server: Server;
  const connections: Socket[] = [];
  afterEach(() => {
    for (const connection of connections.splice(0)) connection.destroy();
    server.close();
  });

  it('was not written as long as the handshake is not done', async () => {
    const timeOut = new AbortController();
    server = createServer((connection) => {
      connections.push(connection);
      connection.once('data', () => timeOut.abort());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const failure = await failureOf(createHttpPoster()(new URL(`https://127.0.0.1:${port}`), content, timeOut.signal));
    expect(failure).toMatchObject({ written: false, code: 'ABORT_ERR' });
  });
});
