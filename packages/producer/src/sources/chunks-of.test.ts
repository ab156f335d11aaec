import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type FeedServer, startFeedServer } from '../../test/sources/feed-server.ts';
import { chunksOf } from './chunks-of.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

let server: FeedServer;
beforeEach(async () => {
  server = await startFeedServer((_request, response) => {
    response.writeHead(200).flushHeaders();
    response.write('and then nothing more');
  });
});
afterEach(() => server.stop());

/** Reads until the end; a function of its own, so that nothing but the reading holds the answer. */
async function readAll(signal: AbortSignal, onChunk: () => void): Promise<string> {
  try {
    const { body } = await fetch(`http://${server.host}/`, { redirect: 'error', headers: { accept: '*/*' }, signal });
    if (!body) return 'empty';
    for await (const _chunk of chunksOf(body, signal)) onChunk();
    return 'ended';
  } catch {
    return signal.aborted ? 'aborted' : 'failed';
  }
}

test('a body that stalls ends with its signal, also after garbage was collected', async () => {
  const stop = new AbortController();
  // Kept apart from `stop` as the sources do it: a connection has an end of its own.
  const signal = AbortSignal.any([stop.signal, new AbortController().signal]);
  let hear: () => void = () => undefined;
  const heard = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const reading = readAll(signal, hear);
  await heard;
  for (let pass = 0; pass < 6; pass++) {
    collectGarbage();
    // What is collected is cleared only in later turns, at the collector's own pace.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  stop.abort();
  expect(await reading).toBe('aborted');
}, 30_000);

test('a reader that has enough closes the connection', async () => {
  let isClosed = false;
  server.answer = (_request, response) => {
    response.on('close', () => {
      isClosed = true;
    });
    response.writeHead(200).write('more than enough');
  };
  const { body } = await fetch(`http://${server.host}/`);
  for await (const _chunk of chunksOf(body as ReadableStream<Uint8Array>, new AbortController().signal)) break;
  while (!isClosed) await new Promise((resolve) => setImmediate(resolve));
});
