import type { ImminentSignal } from '@quakewire/core';
import { type FeedServer, startFeedServer } from '../../test/sources/feed-server.ts';
import { type InfpStandIn, infpMessage, standInForInfp } from '../../test/sources/infp-stand-in.ts';
import { listenTo } from '../../test/sources/listen-to.ts';
import { createInfpStream } from './infp-stream.ts';

let server: FeedServer;
let infp: InfpStandIn;
beforeEach(async () => {
  server = await startFeedServer(() => undefined);
  infp = standInForInfp(server);
});
afterEach(() => server.stop());

async function start() {
  const signals: ImminentSignal[] = [];
  const run = listenTo((deps) =>
    createInfpStream({
      ...deps,
      stream: new URL(`http://${server.host}/stream`),
      onSignal: (one) => signals.push(one),
    }),
  );
  await run.until(infp.isHeard, 100);
  /** Says something, and waits a second after it was heard. */
  async function say(message: Record<string, unknown>): Promise<void> {
    infp.write(message);
    const { clock } = run;
    const untilMs = clock.wallMs() + 1_000;
    await run.until(() => clock.wallMs() >= untilMs, 250);
  }
  return { ...run, signals, say };
}

describe('INFP stream', () => {
  it('signals a rise once, when its countdown goes on', async () => {
    const { signals, say, clock, bulletins, health, end } = await start();
    await say(infpMessage(clock.wallMs()));
    const firstAtMs = clock.wallMs();
    for (const sec of ['25', '24', '23', '22']) await say(infpMessage(clock.wallMs(), { mag: '5.4', sec }));
    expect(signals).toEqual([
      {
        ...{ source: 'infp', magnitude: 5.4, place: { latitude: 44.4268, longitude: 26.1025 } },
        id: expect.stringMatching(/^infp-\d{8}T\d{6}$/),
        ...{ sArrivalMs: expect.any(Number), receivedAtMs: expect.any(Number) },
      },
    ]);
    expect(Math.abs((signals[0]?.sArrivalMs ?? 0) - (firstAtMs + 25_000))).toBeLessThanOrEqual(1_000);
    expect(health()).toMatchObject({ parsed: 1, rejected: 0 });
    expect(bulletins).toEqual([]);
    await end();
  });

  it('believes no invented data: equal numbers for ever, as one integration served', async () => {
    const { signals, say, clock, end } = await start();
    for (let second = 0; second < 5; second++) await say(infpMessage(clock.wallMs(), { mag: '5.4', sec: '25' }));
    const frozenMs = clock.wallMs();
    for (const sec of ['25', '24', '23']) await say(infpMessage(frozenMs, { mag: '5.4', sec }));
    expect(signals).toEqual([]);
    await end();
  });

  it('believes no rise of one message', async () => {
    const { signals, say, clock, end } = await start();
    await say(infpMessage(clock.wallMs(), { mag: '5.4', sec: '25' }));
    await say(infpMessage(clock.wallMs()));
    expect(signals).toEqual([]);
    await end();
  });

  it('is cut when its sign of life stands still, however much it says', async () => {
    const { until, warnings, clock, end } = await start();
    const frozen = infpMessage(clock.wallMs());
    await until(() => {
      infp.write(frozen);
      return warnings.length > 0;
    }, 500);
    expect(warnings).toEqual([{ source: 'infp', reason: 'no sign of life' }]);
    await end();
  });

  it('asks for no new key and passes no page that asks a person', async () => {
    const { say, until, warnings, end } = await start();
    server.answer = (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<form>');
    await say({ err: 'key' });
    await until(() => warnings.length === 3, 100);
    expect(warnings.map(({ reason }) => reason)).toEqual(['key refused', 'not an event stream', 'not an event stream']);
    expect(new Set(server.requests)).toEqual(new Set(['/stream']));
    await end();
  });

  it.each([
    ['mag', { mag: 'strong' }],
    ['mag', { mag: 5.4 }],
    ['sec', { sec: '-3' }],
    ['heart', { heart: 'now' }],
  ])('counts a wrong %s by its name', async (field, change) => {
    const { say, health, warnings, clock, end } = await start();
    await say({ ...infpMessage(clock.wallMs()), ...change });
    expect(health().rejected).toBe(1);
    expect(warnings[0]).toMatchObject({ fields: [field] });
    await end();
  });
});
