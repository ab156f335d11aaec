import * as z from 'zod';
import { boxSchema } from '../place/box.ts';

const hypocentreSchema = z.strictObject({
  originTimeMs: z.number().int(),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  depthKm: z.number().min(-10).max(800),
});

/** The decision to tell people. Stored once as `A#<earthquakeId>` / `<seq>` and never changed. */
export const alertSchema = z.strictObject({
  schema: z.literal(1),
  earthquakeId: z.string().min(1),
  /** 1, 2, ... within the earthquake. */
  seq: z.number().int().min(1),
  kind: z.enum(['alert', 'update', 'cancel', 'allClear']),
  type: z.enum(['earlyWarning', 'notification']),
  exercise: z.boolean(),
  hypocentre: hypocentreSchema,
  magnitude: z.number().min(-2).max(10),
  /** The magnitude that the alert before told; on updates, whose texts say what was revised. */
  previousMagnitude: z.number().min(-2).max(10).optional(),
  /** Beside the magnitude: what the alert before was, by which an escalation is told. */
  previousType: z.enum(['earlyWarning', 'notification']).optional(),
  /** The region's name for the texts. */
  region: z.string(),
  /** Nobody farther than this from the epicentre is concerned. */
  areaRadiusKm: z.number().positive(),
  /** By SMS nobody farther than this: what policy lets this type of alert spend. Absent: no limit. */
  smsRadiusKm: z.number().nonnegative().optional(),
  /** Only places inside one of these, the regions that policy has switched on. Absent: everywhere. */
  within: z.array(boxSchema).min(1).optional(),
  /** On digests only, of which hypocentre and magnitude are the largest's: how many, and the earliest's origin time. */
  aftershocks: z.strictObject({ count: z.number().int().min(1), sinceMs: z.number().int() }).optional(),
  policyVersion: z.number().int(),
  templateVersion: z.number().int(),
  /** When the last byte of the bulletin that it was decided on arrived, milliseconds since the epoch. */
  receivedAtMs: z.number().int(),
  /** Store time of the decision; eligibility is judged at this instant. */
  issuedAtMs: z.number().int(),
  /** Store time after which nothing is sent any more. */
  expiresAtMs: z.number().int(),
});
export type Alert = z.infer<typeof alertSchema>;
