import type { Bulletin } from '@quakewire/core';
import * as z from 'zod';

/** Any number of fraction digits; a time without its zone is refused. */
const instant = z.iso
  .datetime({ offset: true, error: 'must be a time with its zone, e.g. 2026-03-04T19:21:54.1Z' })
  .transform((text) => Date.parse(text));

/** Letters of any language, no control characters: it is shown to people. */
const shownText = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^\P{Cc}*$/u, { error: 'must not hold control characters' });

const common = {
  schema: z.literal(1),
  /** The sender's own id of the earthquake, the same in each of its bulletins. */
  id: z
    .string()
    .regex(/^[\w.-]{2,60}$/, { error: 'must be 2 to 60 letters, digits, dots, hyphens or underscores' })
    .toLowerCase(),
  /** When the sender made this solution: of two the later counts. */
  updated: instant,
  /** A drill or test. What is signed with an exercise key is one anyway. */
  exercise: z.boolean().default(false),
};

const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
/** Positive downwards. */
const depthKm = z.number().min(-10).max(800);
const magnitude = z.number().min(-2).max(10);

const solutionSchema = z.strictObject({
  ...common,
  status: z.enum(['automatic', 'reviewed']),
  originTime: instant,
  ...{ latitude, longitude, depthKm, magnitude },
  magnitudeType: shownText(20).default(''),
  region: shownText(100).default(''),
  /** How many stations the solution rests on; without it policy allows no early warning. */
  stations: z.int().min(0).max(10_000).optional(),
});

/** What is retracted is found by its id: nothing else is needed, and a repeated solution does no harm. */
const retractionSchema = solutionSchema.extend({
  status: z.literal('deleted'),
  originTime: instant.optional(),
  latitude: latitude.default(0),
  longitude: longitude.default(0),
  depthKm: depthKm.default(0),
  magnitude: magnitude.default(0),
});

const bulletinSchema = z.discriminatedUnion('status', [solutionSchema, retractionSchema]);
/** Says that sender, way and keys are well while there is nothing to tell. */
const heartbeatSchema = z.strictObject({ schema: z.literal(1), heartbeat: z.literal(true) });

/** A bulletin as far as its post says it; the rest is known from the key. */
export type PostedBulletin = Omit<Bulletin, 'source' | 'network' | 'receivedAtMs'>;

/** `problem` names the fields, never a value. */
export type ParsedPost = { bulletin: PostedBulletin } | { heartbeat: true } | { problem: string };

export function parsePost(text: string): ParsedPost {
  const document = parseJson(text);
  if (isHeartbeat(document)) {
    const heartbeat = heartbeatSchema.safeParse(document);
    return heartbeat.success ? { heartbeat: true } : { problem: problemOf(heartbeat.error) };
  }
  const bulletin = bulletinSchema.safeParse(document);
  if (!bulletin.success) return { problem: problemOf(bulletin.error) };
  return { bulletin: toBulletin(bulletin.data) };
}

const isHeartbeat = (document: unknown): boolean =>
  typeof document === 'object' && document !== null && 'heartbeat' in document;

function toBulletin(posted: z.infer<typeof bulletinSchema>): PostedBulletin {
  const { id, updated, originTime = updated, latitude, longitude, depthKm, stations } = posted;
  const { magnitude, magnitudeType, region, status, exercise } = posted;
  return {
    ...{ id, ids: [id], version: updated },
    hypocentre: { originTimeMs: originTime, latitude, longitude, depthKm },
    ...{ magnitude, magnitudeType: magnitudeType.toLowerCase(), region, status, exercise },
    ...(stations !== undefined && { stations }),
  };
}

const longestProblem = 500;

const problemOf = (error: z.ZodError): string =>
  error.issues
    .map(({ path, message }) => `${path.join('.') || '(whole body)'}: ${message}`)
    .join('; ')
    .slice(0, longestProblem);

/** The value, or undefined for what is not JSON: the schema then refuses the whole body. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
