import * as z from 'zod';
import { fieldOf } from './field-of.ts';
import { parseJson } from './parse-json.ts';
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

const frameSchema = z.object({ action: z.string().max(40), data: z.object({ properties: z.unknown() }) });

/** EMSC documents create and update; others were seen by its clients. */
const writing = ['create', 'created', 'insert', 'update', 'updated'];
const deleting = ['delete', 'deleted'];

/** Parses one text frame of the SeismicPortal socket. */
export function parseEmscFrame(text: string): Parsed {
  const frame = frameSchema.safeParse(parseJson(text));
  if (!frame.success) return { rejected: fieldOf(frame.error) };
  const action = frame.data.action.toLowerCase();
  if (!writing.includes(action) && !deleting.includes(action)) return { skipped: 'action' };
  const properties = propertiesSchema.safeParse(frame.data.data.properties);
  if (!properties.success) return { rejected: `data.properties.${fieldOf(properties.error)}` };
  if (!deleting.includes(action)) return toBulletin(properties.data, false);
  // What is retracted may have lost its numbers, and needs none.
  const { lat, lon, depth, mag } = properties.data;
  const numbers = { lat: lat ?? 0, lon: lon ?? 0, depth: depth ?? 0, mag: mag ?? 0 };
  return toBulletin({ ...properties.data, ...numbers, evtype: 'ke' }, true);
}

function toBulletin(properties: Properties, isDeleted: boolean): Parsed {
  const { unid, lastupdate, time, lat, lon, depth, mag, evtype, auth } = properties;
  // `ke`: a known earthquake. Others are suspected, explosions, landslides.
  if (evtype !== 'ke') return { skipped: 'data.properties.evtype' };
  if (lat === null || lon === null) return { skipped: 'data.properties.lat' };
  if (depth === null) return { skipped: 'data.properties.depth' };
  if (mag === null || mag === undefined || mag < -2) return { skipped: 'data.properties.mag' };
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
      status: isDeleted ? 'deleted' : 'automatic',
      ...(auth && { network: auth.toLowerCase() }),
      exercise: false,
    },
  };
}
