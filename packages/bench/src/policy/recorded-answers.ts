import { readFileSync } from 'node:fs';

const fixtures = new URL('../../../producer/fixtures/usgs/', import.meta.url);
const recordings = ['2018-06-14_all_week_EXCERPT', '2020-10-13_all_week_EXCERPT', '2021-12-04_all_hour'];

interface Feature {
  id: string;
  properties: { time: number; updated: number; ids: string };
}

/** Apart from each other by more than association reaches: repetitions are earthquakes of their own. */
const apartMs = 3_600_000;

const features: Feature[] = recordings.flatMap(
  (name) => JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8')).features,
);
export const reportsAnAnswer = features.length;

/**
 * A USGS answer as text: the recorded features once more, an hour later each time, under ids of their own; every second
 * answer repeats the one before it with newer versions.
 */
export function recordedAnswer(number: number): string {
  const repetition = Math.floor(number / 2);
  const shifted = features.map((feature): Feature => {
    const { properties } = feature;
    const id = `${feature.id}n${repetition}`;
    const time = properties.time + repetition * apartMs;
    const updated = time + 60_000 + (number % 2) * 60_000;
    return { ...feature, id, properties: { ...properties, time, updated, ids: `,${id},` } };
  });
  return JSON.stringify({ type: 'FeatureCollection', features: shifted });
}
