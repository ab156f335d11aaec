import type { FeedDeps } from '../../src/sources/feed-deps.ts';
import type { Source } from '../../src/sources/source.ts';
import { type FeedServer, startFeedServer } from './feed-server.ts';
import { listenTo } from './listen-to.ts';

/** A kind of source, and how a server speaks to it. */
export interface SourceKind {
  name: string;
  create(host: string, deps: FeedDeps): Source;
  voiceOf(server: FeedServer): Voice;
}

/** What a feed says; each call says it once more, to whoever listens then. */
export interface Voice {
  /** Something good; equal numbers say the same again. `nowMs` is the source's time of day. */
  tell(number: number, nowMs: number): void;
  tellGarbage(): void;
  /** More than the source may read at once. */
  tellTooMuch(): void;
}

/** Virtual milliseconds a step: waits of seconds pass, and a ping is answered long before the next one is due. */
const paceMs = 200;

/** What every source keeps to, whatever its feed does. */
export function sourceContract(kind: SourceKind): void {
  describe(`${kind.name}, as every source`, () => {
    let server: FeedServer;
    let elsewhere: FeedServer;
    let voice: Voice;
    beforeEach(async () => {
      server = await startFeedServer((_request, response) => response.writeHead(204).end());
      voice = kind.voiceOf(server);
      elsewhere = await startFeedServer((_request, response) => response.end('{}'));
    });
    afterEach(async () => {
      await Promise.all([server.stop(), elsewhere.stop()]);
    });

    const start = () => listenTo((deps) => kind.create(server.host, deps));
    type Listening = ReturnType<typeof start>;

    /** Tells again and again, as whoever listens may not be connected yet. */
    async function hears(listening: Listening, number: number, parsed: number): Promise<void> {
      await listening.until(() => {
        if (listening.health().parsed < parsed) voice.tell(number, listening.clock.wallMs());
        return listening.health().parsed === parsed;
      }, paceMs);
    }

    /** Nothing that is logged names a host, and nothing is left behind. */
    async function ends(listening: Listening): Promise<void> {
      await listening.end();
      expect(listening.clock.sleepers()).toBe(0);
      expect(JSON.stringify(listening.warnings)).not.toMatch(/127\.0\.0\.1|localhost/);
    }

    it('hands on what is new, once, and says how fresh it is', async () => {
      const listening = start();
      expect(listening.health()).toMatchObject({ parsed: 0, lastHeardAtMs: undefined });
      await hears(listening, 1, 1);
      expect(listening.health()).toMatchObject({
        ...{ parsed: 1, rejected: 0, failures: 0 },
        ...{ lastHeardAtMs: expect.any(Number), newestVersionMs: expect.any(Number) },
      });
      await hears(listening, 2, 2);
      await ends(listening);
    });

    it('does not look fresh by repeating itself', async () => {
      const listening = start();
      await hears(listening, 1, 1);
      const { newestVersionMs } = listening.health();
      const laterMs = listening.clock.wallMs() + 15_000;
      await listening.until(() => {
        voice.tell(1, listening.clock.wallMs());
        return listening.clock.wallMs() >= laterMs;
      }, paceMs);
      expect(listening.health()).toMatchObject({ parsed: 1, newestVersionMs });
      await ends(listening);
    });

    it('counts garbage, and goes on', async () => {
      const listening = start();
      await listening.until(() => {
        voice.tellGarbage();
        return listening.health().rejected > 0;
      }, paceMs);
      expect(listening.health().parsed).toBe(0);
      await hears(listening, 1, 1);
      await ends(listening);
    });

    it('reads no more than it may, and goes on', async () => {
      const listening = start();
      await listening.until(() => {
        voice.tellTooMuch();
        return listening.health().failures > 0;
      }, paceMs);
      await hears(listening, 1, 1);
      await ends(listening);
    });

    it('follows no redirect to another host', async () => {
      server.redirectTo = `http://${elsewhere.host}/`;
      const listening = start();
      await listening.until(() => listening.health().failures >= 2, paceMs);
      expect(elsewhere.requests).toEqual([]);
      server.redirectTo = undefined;
      await hears(listening, 1, 1);
      expect(elsewhere.requests).toEqual([]);
      await ends(listening);
    });

    it('comes back after it was cut off', async () => {
      const listening = start();
      await hears(listening, 1, 1);
      const { failures } = listening.health();
      server.answer = (_request, response) => response.destroy();
      server.cut();
      await listening.until(() => listening.health().failures > failures, paceMs);
      await hears(listening, 2, 2);
      await ends(listening);
    });

    it('ends while it is refused', async () => {
      server.answer = (_request, response) => response.destroy();
      await server.stop();
      const listening = start();
      await listening.until(() => listening.health().failures >= 2, paceMs);
      await ends(listening);
      server = await startFeedServer((_request, response) => response.end());
    });
  });
}
