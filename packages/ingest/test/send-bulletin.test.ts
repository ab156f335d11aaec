import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@quakewire/lambda-runtime';
import type { PostAnswer } from '../src/receive-post.ts';
import { createIngestWorldAt, keys } from './ingest-world.ts';

const script = fileURLToPath(new URL('../examples/send_bulletin.py', import.meta.url));

/** The ingest as a server that fails the first requests; runs the example sender against it. */
async function createSite(failures = 0) {
  const world = await createIngestWorldAt(systemClock);
  const answers: PostAnswer[] = [];
  let failing = failures;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (failing-- > 0) return response.writeHead(503).end();
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const answer = await world.receive({ headers, body: Buffer.concat(chunks) });
    answers.push(answer);
    return response.writeHead('refused' in answer ? 400 : 202).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'sender-'));
  const config = join(folder, 'sender.json');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/bulletins`;
  const secret = Buffer.from(keys.real?.secret ?? []).toString('base64');
  await writeFile(config, JSON.stringify({ url, key: 'real', secret }));
  return {
    ...{ world, answers, folder },
    run: (...parameters: string[]) =>
      new Promise<number>((resolve) => {
        execFile('env', [`QUAKEWIRE_SENDER=${config}`, 'python3', script, ...parameters], (error) =>
          resolve(error ? Number(error.code) : 0),
        );
      }),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

let site: Awaited<ReturnType<typeof createSite>>;
afterEach(() => site.stop());

/** As sceewlog calls its `EEW.script`. */
const sceewlog = (changes: Record<string, string> = {}): string[] => {
  const [now, origin] = [new Date(), new Date(Date.now() - 8_000)].map((time) => time.toISOString().slice(0, 22));
  return Object.entries({
    ...{ magID: 'Magnitude/20260304192202.41.7', type: 'MVS', author: 'scvsmag@host', magnitude: '6.8' },
    ...{ lat: '45.77', lon: '26.76', depth: '94.0', nstorg: '12', nstmag: '9' },
    ...{ ts: `${now}Z`, tsobject: `${now}Z`, diff: '8.0', ot: `${origin}Z`, eew: '1' },
    ...changes,
  }).map(([name, value]) => `${name}=${value}`);
};

describe('the example sender', () => {
  it('posts what sceewlog tells its script; solutions with ids of their own become one earthquake', async () => {
    site = await createSite();
    expect(await site.run(...sceewlog())).toBe(0);
    const naive = { ot: new Date(Date.now() - 9_000).toISOString().slice(0, 19) };
    expect(await site.run(...sceewlog({ magID: 'Magnitude/2', magnitude: '7.3', ...naive }))).toBe(0);
    const [first, second] = site.answers as { earthquakeId: string }[];
    expect(site.answers).toMatchObject([
      { told: 'alert', alertSeq: 1 },
      { told: 'alert', alertSeq: 2 },
    ]);
    expect(second?.earthquakeId).toBe(first?.earthquakeId);
  });

  it('keeps still where sceewlog says that a solution is no alert', async () => {
    site = await createSite();
    expect(await site.run(...sceewlog({ eew: 'False' }))).toBe(0);
    expect(site.answers).toEqual([]);
  });

  it('signs anew and tries again while it gets no answer', async () => {
    site = await createSite(2);
    expect(await site.run('heartbeat')).toBe(0);
    expect(site.answers).toEqual([{ heartbeat: true }]);
  });

  it('says when a bulletin is refused, and does not repeat it', async () => {
    site = await createSite();
    const file = join(site.folder, 'bulletin.json');
    await writeFile(file, JSON.stringify({ id: 'x1', status: 'automatic' }));
    expect(await site.run('post', file)).toBe(1);
    expect(site.answers).toHaveLength(1);
  });

  it('refuses a use that it does not know', async () => {
    site = await createSite();
    expect(await site.run('sned')).toBe(2);
  });
});
