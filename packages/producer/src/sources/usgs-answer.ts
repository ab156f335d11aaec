import * as z from 'zod';
import { fieldOf } from './field-of.ts';
import { parseJson } from './parse-json.ts';
import type { Parsed } from './source.ts';

/** Milliseconds since the epoch, in the years 1654 to 2286: what is farther off is no date of a recorded earthquake. */
const instantMs = z.number().min(-1e13).max(1e13);

/** One feature of a GeoJSON summary; what USGS adds beyond this is dropped. */
const featureSchema = z.object({
  id: z.string().regex(/^[\w.-]{2,40}$/),
  properties: z.object({
    mag: z.number().min(-5).max(10).nullable(),
    magType: z.string().max(20).nullable(),
    place: z.string().max(300).nullable(),
    time: instantMs,
    updated: instantMs,
    /** A status that is not known is refused: it may take back what its feature says. */
    status: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['automatic', 'reviewed', 'deleted'])),
    ids: z.string().max(1000),
    type: z.string().max(40),
    net: z.string().max(20).nullish(),
    nst: z.number().min(0).max(10_000).nullish(),
  }),
  geometry: z.object({
    coordinates: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90), z.number().nullable()]),
  }),
});
type Feature = z.infer<typeof featureSchema>;

const answerSchema = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

/** Shallowest and deepest hypocentre that is believed, km. */
const depthsKm = { from: -10, to: 800 };

/** Parses a whole answer; each feature succeeds or fails alone. */
export function parseUsgsAnswer(text: string): Parsed[] {
  const answer = answerSchema.safeParse(parseJson(text));
  if (!answer.success) return [{ rejected: fieldOf(answer.error) }];
  return answer.data.features.map(parseFeature);
}

/** Parses one event by itself, as the FDSN event service gives it by id. */
export function parseUsgsEvent(text: string): Parsed {
  return parseFeature(parseJson(text));
}

function parseFeature(candidate: unknown): Parsed {
  const feature = featureSchema.safeParse(candidate);
  if (!feature.success) return { rejected: fieldOf(feature.error) };
  const { properties, geometry } = feature.data;
  const [, , depthKm] = geometry.coordinates;
  if (properties.type !== 'earthquake') return { skipped: 'properties.type' };
  if (depthKm !== null && (depthKm < depthsKm.from || depthKm > depthsKm.to))
    return { rejected: 'geometry.coordinates.2' };
  // What is retracted may have lost its numbers, and needs none.
  if (properties.status === 'deleted') return { bulletin: toBulletin(feature.data, properties.mag ?? 0, depthKm ?? 0) };
  if (properties.mag === null || properties.mag < -2) return { skipped: 'properties.mag' };
  if (depthKm === null) return { skipped: 'geometry.coordinates.2' };
  return { bulletin: toBulletin(feature.data, properties.mag, depthKm) };
}

function toBulletin({ id, properties, geometry }: Feature, magnitude: number, depthKm: number) {
  const [longitude, latitude] = geometry.coordinates;
  return {
    source: 'usgs' as const,
    id: id.toLowerCase(),
    ids: idsOf(id, properties.ids),
    version: properties.updated,
    hypocentre: { originTimeMs: Math.round(properties.time), latitude, longitude, depthKm },
    magnitude,
    magnitudeType: (properties.magType ?? '').toLowerCase(),
    region: properties.place ?? '',
    status: properties.status,
    ...(properties.net && { network: properties.net.toLowerCase() }),
    ...(typeof properties.nst === 'number' && { stations: properties.nst }),
    exercise: false,
  };
}

/** The list is wrapped in commas: `,us7000pufs,at00sv5xgp,`. */
const idsOf = (id: string, list: string): string[] => [
  ...new Set([id, ...list.split(',').filter((entry) => entry !== '')].map((entry) => entry.toLowerCase())),
];
