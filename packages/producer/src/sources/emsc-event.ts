import * as z from 'zod';
import { fieldOf } from './field-of.ts';
import type { Parsed } from './source.ts';

/** Any number of fraction digits, always UTC: EMSC writes 1 to 6. */
const instant = z.iso.datetime().transform((text) => Date.parse(text));

const propertiesSchema = z.object({
  unid: z.string().regex(/^[\w.-]{2,40}$/),
  lastupdate: instant,
  time: instant,
  flynn_region: z.string().max(300).nullish(),
  lat: z.number().min(-90).max(90).nullable(),
  lon: z.number().min(-180).max(180).nullable(),
  /** Positive downwards; the geometry beside it has the opposite sign. */
  depth: z.number().min(-10).max(800).nullable(),
  evtype: z.string().max(10),
  mag: z.number().min(-5).max(10).nullish(),
  magtype: z.string().max(20).nullish(),
  auth: z.string().max(40).nullish(),
});
type Properties = z.infer<typeof propertiesSchema>;

const eventSchema = z.object({ properties: propertiesSchema });

/** Parses one event as EMSC's socket and its FDSN service write it; a rejection names the field from `properties` on. */
export function parseEmscEvent(candidate: unknown, isDeleted = false): Parsed {
  const event = eventSchema.safeParse(candidate);
  if (!event.success) return { rejected: fieldOf(event.error) };
  const { properties } = event.data;
  if (!isDeleted) return toBulletin(properties, 'automatic');
  // What is retracted may have lost its numbers, and needs none.
  const { lat, lon, depth, mag } = properties;
  const numbers = { lat: lat ?? 0, lon: lon ?? 0, depth: depth ?? 0, mag: mag ?? 0 };
  return toBulletin({ ...properties, ...numbers, evtype: 'ke' }, 'deleted');
}

function toBulletin(properties: Properties, status: 'automatic' | 'deleted'): Parsed {
  const { unid, lastupdate, time, lat, lon, depth, mag, evtype, auth } = properties;
  // `ke`: a known earthquake. Others are suspected, explosions, landslides.
  if (evtype !== 'ke') return { skipped: 'properties.evtype' };
  if (lat === null || lon === null) return { skipped: 'properties.lat' };
  if (depth === null) return { skipped: 'properties.depth' };
  if (mag === null || mag === undefined || mag < -2) return { skipped: 'properties.mag' };
  return {
    bulletin: {
      source: 'emsc',
      id: unid.toLowerCase(),
      ids: [unid.toLowerCase()],
      version: lastupdate,
      hypocentre: { originTimeMs: time, latitude: lat, longitude: lon, depthKm: depth },
      magnitude: mag,
      magnitudeType: (properties.magtype ?? '').toLowerCase(),
      region: properties.flynn_region ?? '',
      status,
      ...(auth && { network: auth.toLowerCase() }),
      exercise: false,
    },
  };
}
