/** How feeds failed elsewhere, replayed against real servers: reconstructions, from recorded payloads where there are any. */
import { readFileSync } from 'node:fs';
import { type Bulletin, receiveBulletin, startingPolicy, wholeEarth } from '@quakewire/core';
import { createInMemoryEarthquakeStore } from '@quakewire/testing';
import { reportSources } from '../../src/leading/report-sources.ts';
import { createUsgsFeed } from '../../src/sources/usgs-feed.ts';
import { type Answering, type FeedServer, startFeedServer } from './feed-server.ts';
import { listenTo } from './listen-to.ts';

interface Feature {
  id: string;
  properties: Record<string, unknown>;
}
const busyHour: { features: Feature[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/usgs/2021-12-04_all_hour.json', import.meta.url), 'utf8'),
);

let server: FeedServer;
let listed: readonly Feature[];
let answerById: Answering;
beforeEach(async () => {
  listed = busyHour.features;
  answerById = (_request, response) => response.writeHead(404).end();
  server = await startFeedServer((request, response) => {
    if (request.url?.startsWith('/query')) return answerById(request, response);
    response.end(JSON.stringify({ ...busyHour, features: listed }));
  });
});
afterEach(() => server.stop());

const start = () =>
  listenTo((deps) =>
    createUsgsFeed({
      ...deps,
      summary: new URL(`http://${server.host}/summary`),
      events: new URL(`http://${server.host}/query`),
    }),
  );

/** What people would be told of these bulletins, as they come. */
async function told(bulletins: readonly Bulletin[]): Promise<string[]> {
  const earthquakes = createInMemoryEarthquakeStore();
  const policy = startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } });
  const silent = (): void => undefined;
  const logger = { debug: silent, info: silent, warn: silent, error: silent };
  const kinds: string[] = [];
  for (const bulletin of bulletins) {
    const storeNow = () => bulletin.hypocentre.originTimeMs + 120_000;
    const deps = { earthquakes, policy, storeNow, logger, limitSpending: async <T>(alert: T) => alert };
    const received = await receiveBulletin(bulletin, { ...deps, dispatch: async () => [] });
    kinds.push('alert' in received ? received.alert.kind : 'nobody');
  }
  return kinds;
}

describe('incidents, in what feeds did', () => {
  it('terremotibot#5: a feed that shrinks and comes back repeats nothing and retracts nothing', async () => {
    const run = start();
    const { length } = busyHour.features;
    await run.until(() => run.bulletins.length === length, 200);
    for (const rest of [busyHour.features.slice(0, 3), [], busyHour.features]) {
      listed = rest;
      const polled = server.requests.length;
      await run.until(() => server.requests.length > polled + 3, 500);
    }
    expect(run.bulletins).toHaveLength(length);
    expect(run.bulletins.filter(({ status }) => status === 'deleted')).toEqual([]);
    await run.end();
  });

  it('MCEEW#31: the feed answers, and had nothing new for months: its age is over the limit of the alarm', async () => {
    const run = start();
    await run.until(() => run.health().parsed > 0, 200);
    const values: Record<string, number> = {};
    const metrics = {
      add: (name: string, value: number) => Object.assign(values, { [name]: value }),
      flush: () => undefined,
    };
    reportSources([run.source], metrics, run.clock.wallMs());
    // The alarms are in terraform/pipeline/observability.tf: 5 minutes of silence, 2 hours of age.
    expect(values['usgs.silence']).toBeLessThan(5 * 60_000);
    expect(values['usgs.bulletinAge']).toBeGreaterThan(2 * 3_600_000);
    await run.end();
  });

  it('apis-is#398: a feed that went empty does not pass for a fresh one', async () => {
    listed = [];
    const run = start();
    await run.until(() => run.health().lastHeardAtMs !== undefined, 200);
    // No age is reported then, and the alarm takes that for a bad one.
    expect(run.health()).toMatchObject({ parsed: 0, failures: 0, newestVersionMs: undefined });
    await run.end();
  });

  it('a feed whose address has moved says so as a failure, not as an empty Earth', async () => {
    server.answer = (_request, response) => response.writeHead(301, { location: 'https://moved.example/' }).end();
    const run = start();
    await run.until(() => run.health().failures > 1, 500);
    expect(run.health().lastHeardAtMs).toBeUndefined();
    await run.end();
  });

  it('Carson City 2025: USGS deletes what it had published, and who was told is told so', async () => {
    const [recorded] = busyHour.features as [Feature];
    const carson = { ...recorded, properties: { ...recorded.properties, mag: 5.9, status: 'automatic' } };
    listed = [carson, ...busyHour.features.slice(1)];
    answerById = (_request, response) => response.writeHead(409).end('Event has been deleted');
    const run = start();
    await run.until(() => run.bulletins.length === listed.length, 200);
    listed = busyHour.features.slice(1);
    await run.until(() => run.bulletins.some(({ status }) => status === 'deleted'), 200);
    const ofCarson = run.bulletins.filter(({ id }) => id === carson.id);
    expect(await told(ofCarson)).toEqual(['alert', 'cancel']);
    await run.end();
  });
});
