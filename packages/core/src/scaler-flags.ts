import * as z from 'zod';

/** What freezes the scaler besides runs that are open, which say so themselves: a person, a deployment or rollback. */
export const scalerFlagNames = ['paused', 'deployInFlight'] as const;
export type ScalerFlag = (typeof scalerFlagNames)[number];

export const raisedFlagSchema = z.strictObject({
  /** For people: who raised it and why. */
  reason: z.string(),
  sinceMs: z.int().min(0),
  /** It falls by itself then: a deployment that died must not freeze the scaler for ever. A pause has no end. */
  untilMs: z.int().min(0).optional(),
});
export type RaisedFlag = z.infer<typeof raisedFlagSchema>;

export interface ScalerFlags {
  /** Those that are raised now. @throws when that cannot be read: then none may be taken for lowered. */
  read(): Promise<Partial<Record<ScalerFlag, RaisedFlag>>>;
  raise(flag: ScalerFlag, raised: RaisedFlag): Promise<void>;
  lower(flag: ScalerFlag): Promise<void>;
}
