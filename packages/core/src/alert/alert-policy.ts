import * as z from 'zod';
import { type Bulletin, sourceNames } from '../earthquake/bulletin.ts';
import { boxSchema } from '../place/box.ts';

const magnitude = z.number().min(0).max(10);
const intensity = z.number().min(1).max(12);
const seconds = z
  .number()
  .int()
  .min(0)
  .max(30 * 86_400);
const km = z.number().min(0).max(20_000);

const alertTypes = ['earlyWarning', 'notification'] as const;

/** How far one source, or one network of it, is believed. */
const beliefSchema = z.strictObject({
  /** Of two automatic solutions the one with the higher trust is preferred. */
  trust: z.number().int().min(0).max(9),
  /** Fast enough, and good enough alone, for an early warning. */
  earlyWarning: z.boolean(),
  /** Alone it causes nothing: a second source must have located the same earthquake, or a person reviewed it. */
  secondSource: z.boolean(),
  /** An early warning needs at least so many stations; other alerts only where the source tells its stations. */
  minimumStations: z.number().int().min(0).max(1000),
  /** Outside of this the network is blind: a distant earthquake looks like a near one at its edge. */
  area: boxSchema.optional(),
});
export type Belief = z.infer<typeof beliefSchema>;

/** What an alert of one type needs, and how long it is useful. */
const thresholdsSchema = z.strictObject({
  minimumMagnitude: magnitude,
  /** The alert's area ends where the intensity falls below this: the lowest that a subscriber may ask for. */
  minimumIntensity: intensity,
  /** A notification is not sent later than this after its decision, an early warning after the S wave left the area. */
  usefulSeconds: seconds,
});

/**
 * What is alerted, as data: a change is a new version, and every alert names the version that it was decided by.
 * `npm run policy -- init` writes one with comments, which say why each value is what it is.
 */
export const alertPolicySchema = z
  .strictObject({
    schema: z.literal(1),
    version: z.number().int().min(1),
    /** Who is told, by place. `shadow` decides and logs but sends nothing; `off` is the kill switch. */
    regions: z
      .record(
        z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, { error: 'must be letters, digits and hyphens' }),
        z.strictObject({ mode: z.enum(['live', 'shadow', 'off']), area: boxSchema }),
      )
      .refine((regions) => Object.keys(regions).length > 0, { error: 'needs at least one region' }),
    /** A source that is missing here is not believed at all. */
    sources: z.partialRecord(
      z.enum(sourceNames),
      beliefSchema.extend({ networks: z.record(z.string().toLowerCase(), beliefSchema.partial()).optional() }),
    ),
    /**
     * Early-warning systems that give no location: they cause nothing, but a solution whose S wave they announced, to
     * within so many seconds, counts as confirmed. Absent: they confirm nothing.
     */
    imminentSignals: z
      .strictObject({ sources: z.array(z.enum(['infp'])).min(1), withinSeconds: seconds.min(1).max(60) })
      .optional(),
    earlyWarning: thresholdsSchema,
    notification: thresholdsSchema,
    /** Upper bound of the area, epicentral: the intensity formula is far outside its fitted distances there. */
    largestRadiusKm: km.min(1),
    /** Bulletins below this that belong to no known earthquake are not kept: a later version may be larger. */
    minimumKeptMagnitude: magnitude,
    origin: z.strictObject({
      /** An origin longer ago than this is history, whatever its bulletin's date says. */
      oldestSeconds: seconds.min(60),
      /** An origin later than now by more than this is an error, not a clock that is a little off. */
      futureSeconds: seconds.max(300),
    }),
    /** A solution that another source contradicts by more than this waits until they agree or somebody reviewed it. */
    largestDisagreementKm: km.min(100),
    /** The waves of a great earthquake draw phantoms far away: while they pass, a solution needs support. */
    phantoms: z.strictObject({
      mainshockMagnitude: magnitude.min(5.5),
      /** Supported by so many stations it is believed all the same. */
      enoughStations: z.number().int().min(1).max(1000),
    }),
    /** Told of again is only what changed so much since it was last told. */
    update: z.strictObject({
      raisedBy: magnitude.min(0.1),
      loweredBy: magnitude.min(0.1),
      movedKm: km.min(1),
      deeperOrShallowerKm: km.min(1),
      /** After the origin; later revisions help nobody. */
      untilSeconds: seconds,
    }),
    /** A retraction is told so long after the last alert. */
    cancelUntilSeconds: seconds,
    /** After a mainshock people near it are told only of what shakes them strongly (USGS ENS's rule). */
    aftershocks: z.strictObject({
      /** Earthquakes smaller than the mainshock by at least this. */
      smallerBy: magnitude,
      /** Within so many rupture lengths (Wells and Coppersmith 1994) of the mainshock. */
      ruptureLengths: z.number().min(0).max(10),
      /** Told of where the intensity reaches this all the same. */
      minimumIntensity: intensity,
      /** For so many days, by the mainshock's magnitude; the last row that it reaches counts. */
      days: z.array(z.strictObject({ fromMagnitude: magnitude.min(5.5), days: z.number().min(0).max(365) })).min(1),
      /** Hours of the day, UTC, at which the others are told of in one digest. Absent: they are told of nowhere. */
      digestHoursUtc: z.array(z.number().int().min(0).max(23)).min(1).max(4).optional(),
    }),
    sms: z.strictObject({
      /** The types of alert that may spend money on SMS. Cancels always may. */
      types: z.array(z.enum(alertTypes)),
      usdPerMessage: z.number().positive().max(10),
      /** One alert spends no more than this: the nearest people first, as far as it goes. */
      mostUsdPerAlert: z.number().min(0).max(10_000_000),
    }),
  })
  .refine((policy) => alertTypes.every((type) => policy.minimumKeptMagnitude <= policy[type].minimumMagnitude), {
    path: ['minimumKeptMagnitude'],
    error: 'must not be above the minimum magnitude of any alert',
  })
  .refine(({ update, origin }) => update.untilSeconds >= origin.oldestSeconds, {
    path: ['update', 'untilSeconds'],
    error: 'must not be below origin.oldestSeconds: the last alert could never be corrected',
  });
export type AlertPolicy = z.infer<typeof alertPolicySchema>;

/** A document that is no policy: names each field and what is wrong with it, never a value. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/** @throws PolicyError */
export function parsePolicy(document: unknown): AlertPolicy {
  const result = alertPolicySchema.safeParse(document);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.') || '(whole document)'}: ${message}`);
  throw new PolicyError(faults.join('; '));
}

/**
 * Two operators stand in for a source that is down, not for policy. Of reviewed solutions a seismologist's is preferred to
 * theirs. An origin time that was typed warns nobody of real shaking: its countdown could be false.
 */
const beliefInOperators = ({ exercise }: Pick<Bulletin, 'exercise'>): Belief => ({
  ...{ trust: 0, earlyWarning: exercise, secondSource: false, minimumStations: 0 },
});

/** How far a bulletin is believed: its source's rule, changed by its network's; undefined where policy names no such source. */
export function beliefIn(bulletin: Bulletin, policy: AlertPolicy): Belief | undefined {
  const { source, network } = bulletin;
  if (source === 'operator') return beliefInOperators(bulletin);
  const rule = policy.sources[source];
  if (!rule) return undefined;
  const { networks = {}, ...belief } = rule;
  const changes = network === undefined ? undefined : networks[network];
  return changes ? ({ ...belief, ...changes } as Belief) : belief;
}

export const trustIn = (bulletin: Bulletin, policy: AlertPolicy): number => beliefIn(bulletin, policy)?.trust ?? -1;
