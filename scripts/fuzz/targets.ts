import { readFileSync } from 'node:fs';
import { PolicyError, parsePolicy, startingPolicy, wholeEarth } from '@quakewire/core';
import { parsePost } from '@quakewire/ingest/parse-post';
import { toBulletin } from '@quakewire/ingest/to-bulletin';
import { parseEmscAnswer } from '../../packages/producer/src/sources/emsc-answer.ts';
import { parseEmscFrame } from '../../packages/producer/src/sources/emsc-frame.ts';
import { parseInfpMessage } from '../../packages/producer/src/sources/infp-message.ts';
import { parseJson } from '../../packages/producer/src/sources/parse-json.ts';
import type { Parsed } from '../../packages/producer/src/sources/source.ts';
import { parseUsgsAnswer, parseUsgsEvent } from '../../packages/producer/src/sources/usgs-answer.ts';
import { parseRecording } from '../policy/recording.ts';

/** One parser with texts to start from. */
export interface Target {
  name: string;
  texts: readonly string[];
  /** What the texts say is no alert, however they are mutated: retractions, tests, drills, other kinds of event. */
  mustNotAlert: boolean;
  parse(text: string): Parsed[];
}

const read = (name: string): string =>
  readFileSync(new URL(`../../packages/producer/fixtures/${name}`, import.meta.url), 'utf8');

interface Feature {
  properties: Record<string, unknown>;
}
const featuresOf = (name: string): Feature[] => JSON.parse(read(`usgs/${name}.json`)).features;
const answer = (...features: readonly Feature[]): string => JSON.stringify({ type: 'FeatureCollection', features });

const recorded = ['2018-06-14_all_week_EXCERPT', '2020-10-13_all_week_EXCERPT', '2025-04-26_fdsn_query_turkey'].flatMap(
  featuresOf,
);
const isEarthquake = ({ properties }: Feature): boolean => properties.type === 'earthquake';
const large = recorded.filter((feature) => isEarthquake(feature) && Number(feature.properties.mag) >= 4.5);
const frames = read('emsc/websocket_frames.jsonl').trim().split('\n');
/** The M 6.2 of 2025-04-23 as a frame. */
const marmara = JSON.parse(read('emsc/2025-04-23_marmara_EXCERPT.json')).features.find(
  ({ properties }: Feature) => properties.unid === '20250423_0000104',
);
const frame = (action: string, changes: Record<string, unknown> = {}): string =>
  JSON.stringify({ action, data: { ...marmara, properties: { ...marmara.properties, ...changes } } });

const withProperties = (changes: Record<string, unknown>): string[] =>
  large.map((feature) => answer({ ...feature, properties: { ...feature.properties, ...changes } }));

const policyDocument = JSON.stringify(startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } }));
function parsePolicyText(text: string): Parsed[] {
  try {
    parsePolicy(parseJson(text));
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
  }
  return [];
}

/** It gives no bulletins, only signals. */
function parseInfpText(text: string): Parsed[] {
  const parsed = parseInfpMessage(text);
  return parsed !== 'keyRefused' && 'rejected' in parsed ? [parsed] : [];
}

/** A post as an institute signs it, by a key of its own for exercises. */
const post = (changes: Record<string, unknown> = {}): string =>
  JSON.stringify({
    ...{ schema: 1, id: 'vr2026a', updated: '2026-03-04T19:22:02.5Z', status: 'automatic', exercise: false },
    ...{ originTime: '2026-03-04T19:21:54.1Z', latitude: 45.77, longitude: 26.76, depthKm: 94, magnitude: 7.4 },
    ...{ magnitudeType: 'MVS', region: 'Vrancea', stations: 12, ...changes },
  });
const parsePostOf =
  (exercise: boolean) =>
  (text: string): Parsed[] => {
    const parsed = parsePost(text);
    if ('problem' in parsed) return [{ rejected: parsed.problem }];
    if ('heartbeat' in parsed) return [{ skipped: 'heartbeat' }];
    return [{ bulletin: toBulletin(parsed.bulletin, { network: 'infp', exercise }, 0) }];
  };

export const targets: readonly Target[] = [
  {
    name: 'EMSC frames',
    texts: [...frames, frame('create')],
    mustNotAlert: false,
    parse: (text) => [parseEmscFrame(text)],
  },
  {
    name: 'EMSC retractions and other events',
    texts: [frame('delete'), frame('deleted'), frame('create', { evtype: 'ls' }), frame('test')],
    mustNotAlert: true,
    parse: (text) => [parseEmscFrame(text)],
  },
  { name: 'USGS answers', texts: large.map((one) => answer(one)), mustNotAlert: false, parse: parseUsgsAnswer },
  {
    name: 'USGS retractions',
    texts: withProperties({ status: 'deleted' }),
    mustNotAlert: true,
    parse: parseUsgsAnswer,
  },
  {
    name: 'USGS tests and other events',
    texts: [
      ...recorded
        .filter((one) => !isEarthquake(one))
        .map((one) => answer({ ...one, properties: { ...one.properties, mag: 6 } })),
      ...withProperties({ type: 'test event', title: '', types: '' }),
    ],
    mustNotAlert: true,
    parse: parseUsgsAnswer,
  },
  { name: 'EMSC FDSN answers', texts: [answer(marmara)], mustNotAlert: false, parse: parseEmscAnswer },
  {
    name: 'USGS events by id',
    texts: large.map((one) => JSON.stringify(one)),
    mustNotAlert: false,
    parse: (text) => [parseUsgsEvent(text)],
  },
  {
    name: 'INFP messages',
    texts: ['{"mag":"5.4","heart":"2026-03-04 21:22:04 HEARTBEAT","sec":"25","key":"NjY2NDYyMzAz"}', '{"err":"key"}'],
    mustNotAlert: true,
    parse: parseInfpText,
  },
  { name: 'posts', texts: [post(), post({ status: 'reviewed' })], mustNotAlert: false, parse: parsePostOf(false) },
  {
    name: 'posted retractions',
    texts: [
      post({ status: 'deleted' }),
      '{"schema":1,"id":"vr2026a","updated":"2026-03-04T19:22:02Z","status":"deleted"}',
    ],
    mustNotAlert: true,
    parse: parsePostOf(false),
  },
  {
    name: 'posts of an exercise key',
    texts: [post(), post({ exercise: true }), '{"schema":1,"heartbeat":true}'],
    mustNotAlert: true,
    parse: parsePostOf(true),
  },
  {
    name: 'recordings',
    texts: [
      read('usgs-history/us10008e3k.json').slice(0, 4_000),
      read('emsc/websocket_frames.jsonl'),
      answer(...large),
    ],
    mustNotAlert: false,
    parse: parseRecording,
  },
  { name: 'alert policies', texts: [policyDocument], mustNotAlert: false, parse: parsePolicyText },
];
