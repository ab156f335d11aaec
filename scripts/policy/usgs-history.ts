import * as z from 'zod';
import type { Parsed } from '../../packages/producer/src/sources/source.ts';

const number = z.string().transform(Number).pipe(z.number());

const originSchema = z.object({
  updateTime: z.number(),
  status: z.enum(['UPDATE', 'DELETE']),
  properties: z.object({
    eventsource: z.string(),
    eventsourcecode: z.string(),
    latitude: number.optional(),
    longitude: number.optional(),
    depth: number.optional(),
    magnitude: number.optional(),
    'magnitude-type': z.string().optional(),
    eventtime: z.iso.datetime().optional(),
    'review-status': z.string().toLowerCase().optional(),
    'num-stations-used': number.optional(),
  }),
});
type Origin = z.infer<typeof originSchema>;

const historySchema = z.object({
  properties: z.object({ products: z.object({ origin: z.array(z.unknown()).default([]) }) }),
});

/**
 * The origins of a USGS detail in the order in which they were published, each as the bulletin that a summary feed could
 * have held then: with the ids of all origins so far. A reconstruction of the framing; the values are recorded.
 */
export function parseUsgsHistory(detail: unknown): Parsed[] {
  const history = historySchema.safeParse(detail);
  if (!history.success) return [{ rejected: 'properties.products' }];
  const origins = history.data.properties.products.origin.map((origin) => originSchema.safeParse(origin));
  const read = origins.flatMap(({ data }) => data ?? []).toSorted((a, b) => a.updateTime - b.updateTime);
  const ids: string[] = [];
  const events = read.map((origin): Parsed => {
    const id = idOf(origin);
    if (!ids.includes(id)) ids.push(id);
    return toBulletin(origin, id, [...ids]);
  });
  return [...events, ...origins.flatMap(({ data }) => (data ? [] : [{ rejected: 'properties.products.origin' }]))];
}

const idOf = ({ properties: { eventsource, eventsourcecode } }: Origin): string =>
  `${eventsource}${eventsourcecode}`.toLowerCase();

function toBulletin({ updateTime, status, properties }: Origin, id: string, ids: string[]): Parsed {
  const { latitude, longitude, depth, magnitude, eventtime } = properties;
  if (magnitude === undefined && status !== 'DELETE') return { skipped: 'properties.magnitude' };
  if (latitude === undefined || longitude === undefined || depth === undefined || eventtime === undefined)
    return { skipped: 'properties.latitude' };
  const stations = properties['num-stations-used'];
  const reviewed = properties['review-status'] === 'reviewed' ? 'reviewed' : 'automatic';
  return {
    bulletin: {
      ...{ source: 'usgs', id, ids, version: updateTime },
      hypocentre: { originTimeMs: Date.parse(eventtime), latitude, longitude, depthKm: depth },
      magnitude: magnitude ?? 0,
      magnitudeType: (properties['magnitude-type'] ?? '').toLowerCase(),
      region: '',
      status: status === 'DELETE' ? 'deleted' : reviewed,
      network: properties.eventsource.toLowerCase(),
      ...(stations !== undefined && { stations }),
      exercise: false,
    },
  };
}
