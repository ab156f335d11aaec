import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bulletin, Clock } from '@quakewire/core';
import { type Answering, type FeedServer, startFeedServer } from '../../test/sources/feed-server.ts';
import { listenTo } from '../../test/sources/listen-to.ts';
import type { Source } from './source.ts';
import { createUsgsFeed } from './usgs-feed.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/usgs/${name}.json`, import.meta.url), 'utf8');
const recording = fixture('2013-07-20T1633_all_hour');
interface Feature {
  id: string;
  properties: Record<string, unknown> & { mag: number; time: number };
}

/** Time that passes only by sleeping: every sleep ends at once and is remembered. */
function createHastyClock(): Clock & { sleptMs: number[] } {
  const sleptMs: number[] = [];
  return {
    sleptMs,
    monotonicMs: () => 0,
    wallMs: () => 1_000,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleptMs.push(ms);
    },
  };
}

let server: Server | undefined;
afterEach(() => server?.close());

/** Runs the source against a server that gives one answer a question, until all were given. */
async function run(
  answers: Answering[],
): Promise<{ bulletins: Bulletin[]; source: Source; sleptMs: number[]; warnings: unknown[] }> {
  const stop = new AbortController();
  const bulletins: Bulletin[] = [];
  const warnings: unknown[] = [];
  const silent = () => undefined;
  let asked = 0;
  server = createServer((request, response) => {
    const answer = answers[asked++];
    if (answer) return answer(request, response);
    stop.abort();
    response.destroy();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const clock = createHastyClock();
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const source = createUsgsFeed({
    summary: new URL(`${origin}/all_hour.geojson`),
    events: new URL(`${origin}/query`),
    clock,
    random: () => 1,
    logger: { debug: silent, info: silent, error: silent, warn: (fields) => warnings.push(fields) },
  });
  await source.run((bulletin) => bulletins.push(bulletin), stop.signal);
  return { bulletins, source, sleptMs: clock.sleptMs, warnings };
}

const ok: Answering = (_request, response) => response.writeHead(200, { etag: '"1"' }).end(recording);

describe('USGS feed', () => {
  it('asks each second, the second time only for what has changed, and hands on each version once', async () => {
    const conditions: (string | undefined)[] = [];
    const unchanged: Answering = (request, response) => {
      conditions.push(request.headers['if-none-match'], request.headers['if-modified-since']);
      response.writeHead(304).end();
    };
    const dated: Answering = (_request, response) =>
      response.writeHead(200, { 'last-modified': 'Sat, 20 Jul 2013 16:33:36 GMT' }).end(recording);
    const { bulletins, source, sleptMs } = await run([ok, unchanged, dated, unchanged, ok]);
    expect(bulletins).toHaveLength(1);
    expect(bulletins[0]).toMatchObject({ id: 'ak10764004', receivedAtMs: 1_000 });
    expect(conditions).toEqual(['"1"', undefined, undefined, 'Sat, 20 Jul 2013 16:33:36 GMT']);
    expect(sleptMs).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
    expect(source.health()).toMatchObject({ parsed: 1, skipped: 0, rejected: 0, failures: 0, lastHeardAtMs: 1_000 });
  });

  it('hands on a newer version of the same event', async () => {
    const answer = JSON.parse(recording);
    answer.features[0].properties.updated += 1;
    const { bulletins } = await run([ok, (_request, response) => response.end(JSON.stringify(answer)), ok]);
    expect(bulletins.map(({ version }) => version)).toEqual([1374336754155, 1374336754156]);
  });

  it('counts and survives errors, waits longer after each, and heeds what the provider asks for', async () => {
    const broken: Answering = (_request, response) => response.writeHead(503).end('no');
    const busy: Answering = (_request, response) => response.writeHead(429, { 'retry-after': '20' }).end();
    const cut: Answering = (_request, response) => response.writeHead(200).write('{"type"', () => response.destroy());
    const elsewhere: Answering = (_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    const { source, sleptMs, bulletins } = await run([broken, busy, cut, elsewhere, ok]);
    expect(sleptMs).toEqual([2_000, 20_000, 5_000, 9_000, 1_000]);
    expect(source.health()).toMatchObject({ failures: 4, parsed: 1 });
    expect(bulletins).toHaveLength(1);
  });

  it('counts malformed and empty answers, and logs fields, never values', async () => {
    const malformed: Answering = (_request, response) => response.end('eqfeed_callback({"secret":1});');
    const { source, warnings } = await run([malformed, (_request, response) => response.end(''), ok]);
    expect(source.health()).toMatchObject({ rejected: 2, parsed: 1, failures: 0 });
    expect(warnings[0]).toEqual({ source: 'usgs', count: 1, fields: ['(whole message)'] });
    expect(JSON.stringify(warnings)).not.toContain('secret');
  });

  it('stops reading an answer above 16 MiB', async () => {
    const block = Buffer.alloc(1024 * 1024, ' ');
    let written = 0;
    const endless: Answering = (_request, response) => {
      const more = (): void => {
        if (!response.destroyed && ++written < 200) response.write(block, more);
      };
      more();
    };
    const { source, warnings } = await run([endless, ok]);
    expect(source.health()).toMatchObject({ failures: 1, parsed: 1 });
    expect(warnings[0]).toMatchObject({ reason: 'answer above 16777216 bytes' });
    expect(written).toBeLessThan(100);
  });
});

describe('events that vanish from the USGS feed', () => {
  let server: FeedServer;
  /** What the event service answers to any id. */
  let answerById: Answering;
  let listed: unknown[];
  beforeEach(async () => {
    listed = features;
    answerById = (_request, response) => response.writeHead(404).end();
    server = await startFeedServer((request, response) => {
      if (request.url?.startsWith('/query')) return answerById(request, response);
      response.end(JSON.stringify({ ...busyHour, features: listed }));
    });
  });
  afterEach(() => server.stop());

  const busyHour = JSON.parse(fixture('2021-12-04_all_hour'));
  const features: Feature[] = busyHour.features;
  const largest = features.toSorted((a, b) => b.properties.mag - a.properties.mag)[0] as Feature;
  const without = (...gone: Feature[]): Feature[] => features.filter((feature) => !gone.includes(feature));
  const asked = (): (string | null)[] =>
    server.requests
      .filter((path) => path.startsWith('/query'))
      .map((path) => new URLSearchParams(path.split('?')[1]).get('eventid'));

  const start = () =>
    listenTo((deps) =>
      createUsgsFeed({
        ...deps,
        summary: new URL(`http://${server.host}/summary`),
        events: new URL(`http://${server.host}/query`),
      }),
    );
  type Run = ReturnType<typeof start>;
  const retracted = ({ bulletins }: Run) => bulletins.filter(({ status }) => status === 'deleted').map(({ id }) => id);

  /** A run that has heard of all. */
  async function afterAll(): Promise<Run> {
    const run = start();
    await run.until(() => run.bulletins.length === features.length, 200);
    return run;
  }
  /** Virtual time in which polls and questions go on. */
  async function pass(run: Run, ms: number): Promise<void> {
    const fromMs = run.clock.wallMs();
    await run.until(() => run.clock.wallMs() >= fromMs + ms, 10_000);
  }

  it('are retracted once, where the service says 409', async () => {
    answerById = (_request, response) => response.writeHead(409).end('Event has been deleted');
    const run = await afterAll();
    listed = without(largest);
    await run.until(() => retracted(run).length === 1, 200);
    await pass(run, 120_000);
    expect(retracted(run)).toEqual([largest.id]);
    expect(asked()).toEqual([largest.id]);
    expect(run.health().failures).toBe(0);
    await run.end();
  });

  it('are retracted where the service shows them as deleted', async () => {
    const deleted = { ...largest, properties: { ...largest.properties, status: 'deleted', mag: null } };
    answerById = (_request, response) => response.end(JSON.stringify(deleted));
    const run = await afterAll();
    listed = without(largest);
    await run.until(() => retracted(run).length === 1, 200);
    await run.end();
  });

  it.each([
    ['is still there', (_request, response) => response.end(JSON.stringify(largest))],
    ['has no content', (_request, response) => response.writeHead(204).end()],
    ['is not found', (_request, response) => response.writeHead(404).end()],
    ['is not told, because the service is down', (_request, response) => response.writeHead(503).end()],
    ['is another event', (_request, response) => response.end(JSON.stringify({ ...features[0], id: 'zz1' }))],
  ] satisfies [string, Answering][])('are not retracted where the answer is: it %s', async (_name, answer) => {
    answerById = answer;
    const run = await afterAll();
    listed = without(largest);
    await run.until(() => asked().length === 2, 10_000);
    expect(retracted(run)).toEqual([]);
    await run.end();
  });

  it('are asked about again until the answer cannot be an old one from a cache', async () => {
    answerById = (_request, response) => response.end(JSON.stringify(largest));
    const run = await afterAll();
    listed = without(largest);
    await run.until(() => asked().length === 2, 10_000);
    answerById = (_request, response) => response.writeHead(409).end();
    await run.until(() => retracted(run).length === 1, 10_000);
    await run.end();
  });

  it('are asked about largest first, and no more when they are listed again', async () => {
    const run = await afterAll();
    listed = [];
    await run.until(() => asked().length === 2, 50);
    expect(asked()[0]).toBe(largest.id);
    listed = features;
    await pass(run, 30_000);
    const { length } = asked();
    await pass(run, 10 * 60_000);
    expect(asked()).toHaveLength(length);
    expect(run.bulletins).toHaveLength(features.length);
    await run.end();
  });

  it('are not asked about when they only changed their preferred id, as mb90115658 did', async () => {
    const run = await afterAll();
    const ids = `,us6000rex7,${largest.id},`;
    const renamed = { ...largest, id: 'us6000rex7', properties: { ...largest.properties, ids } };
    listed = [...without(largest), renamed];
    await run.until(() => run.bulletins.length > features.length, 200);
    await pass(run, 60_000);
    expect(asked()).toEqual([]);
    await run.end();
  });

  it('are asked about although an id of theirs stands in the list of another earthquake, hours apart', async () => {
    const run = await afterAll();
    const time = largest.properties.time - 6 * 3_600_000;
    const other = { ...largest, id: 'us1', properties: { ...largest.properties, time, ids: `,us1,${largest.id},` } };
    listed = [...without(largest), other];
    await run.until(() => asked().length > 0, 200);
    expect(asked()).toEqual([largest.id]);
    await run.end();
  });

  it('are not even asked about when the summary is no summary', async () => {
    const run = await afterAll();
    const summarise = server.answer;
    server.answer = (_request, response) => response.end('<html>we have moved</html>');
    await run.until(() => run.health().rejected > 0, 200);
    server.answer = summarise;
    await pass(run, 10_000);
    expect(asked()).toEqual([]);
    await run.end();
  });
});
