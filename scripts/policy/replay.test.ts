import { readdirSync, readFileSync } from 'node:fs';
import { type Alert, type AlertPolicy, startingPolicy, wholeEarth } from '@quakewire/core';
import { formatReplay } from './format-replay.ts';
import { parseRecording, type Recording, readRecording } from './recording.ts';
import { type Replayed, replay } from './replay.ts';

const fixtures = new URL('../../packages/producer/fixtures/', import.meta.url);
const files = (folder: string): string[] =>
  readdirSync(new URL(folder, fixtures))
    .toSorted()
    .map((name) => new URL(`${folder}/${name}`, fixtures).pathname);
const everywhere = startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } });
const alertsOf = (replayed: readonly Replayed[]): Alert[] =>
  replayed.flatMap(({ received }) => ('alert' in received ? [received.alert] : []));
const reasonsOf = (replayed: readonly Replayed[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { received } of replayed) if ('none' in received) counts[received.none] = (counts[received.none] ?? 0) + 1;
  return counts;
};
async function replayed(paths: readonly string[], policy: AlertPolicy = everywhere, afterOriginSeconds?: number) {
  const recordings = await Promise.all(paths.map(readRecording));
  return replay(
    recordings.flatMap(({ bulletins }) => bulletins),
    { policy, afterOriginSeconds },
  );
}

describe('recordings, replayed in order of time', () => {
  it('cause no alert for an origin that is long past when its last version is published', async () => {
    const all = await replayed(files('usgs'));
    for (const { received, atMs, bulletin } of all)
      if ('alert' in received) expect(atMs - bulletin.hypocentre.originTimeMs).toBeLessThanOrEqual(1_800_000);
    expect(reasonsOf(all).originTooOld).toBeGreaterThan(10);
  });

  it('cause one alert for each earthquake, however often and by whom it is reported', async () => {
    const both = await replayed([...files('usgs'), ...files('emsc')], everywhere, 120);
    const alerts = alertsOf(both).filter(({ kind }) => kind === 'alert');
    expect(alerts.length).toBeGreaterThan(15);
    for (const one of alerts) {
      const near = alerts.filter(
        ({ hypocentre }) => Math.abs(hypocentre.originTimeMs - one.hypocentre.originTimeMs) < 16_000,
      );
      expect(near).toEqual([one]);
    }
  });

  it('cause none for quarries, explosions, ice quakes and what else is no earthquake', async () => {
    const texts = files('usgs').map((path) => readFileSync(path, 'utf8'));
    const others = texts.flatMap((text) => {
      const { features = [], ...answer } = JSON.parse(text);
      const ofOtherKinds = features.filter(
        (feature: { properties: { type: string } }) => feature.properties.type !== 'earthquake',
      );
      return parseRecording(JSON.stringify({ ...answer, type: 'FeatureCollection', features: ofOtherKinds }));
    });
    expect(others).toHaveLength(21);
    for (const event of others) expect(event).toEqual({ skipped: 'properties.type' });
  });

  it('with the histories of single earthquakes: one alert each, and no update for small revisions', async () => {
    for (const [path, seconds] of [
      [files('usgs-history')[0] ?? '', 165],
      [files('usgs-history')[1] ?? '', 1200],
      // An origin of a whole minute, 59 s before the later one, which shares its ids.
      [files('usgs-history')[2] ?? '', 948],
    ] as const) {
      const history = await replayed([path]);
      const [alert, ...more] = alertsOf(history);
      expect(more).toEqual([]);
      expect(Math.round(((alert?.issuedAtMs ?? 0) - (alert?.hypocentre.originTimeMs ?? 0)) / 1000)).toBe(seconds);
    }
  });

  it('with a history whose magnitude grows and which is then deleted: alert, update, cancel (a reconstruction)', async () => {
    const history = JSON.parse(readFileSync(files('usgs-history')[1] ?? '', 'utf8'));
    const [first, second, third] = history.properties.products.origin.toSorted(
      (a: { updateTime: number }, b: { updateTime: number }) => a.updateTime - b.updateTime,
    );
    first.properties.magnitude = '5.8';
    third.status = 'DELETE';
    history.properties.products.origin = [first, second, third];
    const bulletins = parseRecording(JSON.stringify(history)).flatMap((event) =>
      'bulletin' in event ? [event.bulletin] : [],
    );
    const alerts = alertsOf(await replay(bulletins, { policy: everywhere }));
    expect(alerts.map(({ kind, magnitude, previousMagnitude }) => [kind, magnitude, previousMagnitude])).toEqual([
      ['alert', 5.8, undefined],
      ['update', 6.5, 5.8],
      ['cancel', 6.5, 5.8],
    ]);
  });

  it('in a region that is in shadow mode decide the same and tell nobody', async () => {
    const shadow = startingPolicy({
      RO: { mode: 'shadow', area: { south: 43.6, north: 48.3, west: 20.2, east: 29.8 } },
    });
    const all = await replayed(files('emsc'), shadow, 100);
    expect(alertsOf(all)).toEqual([]);
    expect(all.filter(({ received }) => 'shadow' in received)).toHaveLength(1);
    expect(reasonsOf(all).feltInNoRegion).toBeGreaterThan(0);
  });
});

describe('the decision table', () => {
  it('says what was told, what not and why, and what the parsers left out', async () => {
    const recordings: Recording[] = await Promise.all(files('usgs').map(readRecording));
    const bulletins = recordings.flatMap((recording) => recording.bulletins);
    const text = formatReplay(
      recordings,
      await replay(bulletins, { policy: everywhere, afterOriginSeconds: 120 }),
      everywhere,
    );
    expect(text).toContain('policy 1 (everywhere live) on 12 recordings');
    expect(text).toMatch(/2025-04-23T09:51:10Z {2}live {3}alert {2}notification M6\.2, 10 km deep, 120 s after origin/);
    expect(text).toMatch(/\d+ {2}magnitudeTooSmall {2}e\.g\. M4\.\d/);
    expect(text).toContain('21  skipped by properties.type');
  });
});
