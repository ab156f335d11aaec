import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bulletin, Clock } from '@quakewire/core';
import type { Source } from './source.ts';
import { createUsgsFeed } from './usgs-feed.ts';

const recording = readFileSync(new URL('../../fixtures/usgs/2013-07-20T1633_all_hour.json', import.meta.url), 'utf8');
type Answering = (request: IncomingMessage, response: ServerResponse) => void;

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
  const source = createUsgsFeed({
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/all_hour.geojson`),
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
    expect(source.health()).toEqual({ parsed: 1, skipped: 0, rejected: 0, failures: 0, lastHeardAtMs: 1_000 });
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
