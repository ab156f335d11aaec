import * as z from 'zod';

/** Somebody who asks, by the IAM principal that AWS says they are; `userId` is what IAM calls `aws:userid`. */
export const operatorSchema = z.strictObject({ userId: z.string().min(1), arn: z.string().min(1) });
export type Operator = z.infer<typeof operatorSchema>;

const timeMs = z.number().int().min(0);

/** What is told of an earthquake; its ranges are those of an alert. */
export const solutionSchema = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  depthKm: z.number().min(-10).max(800),
  magnitude: z.number().min(-2).max(10),
  /** The region's name for the texts. */
  region: z.string().max(100),
});
export type Solution = z.infer<typeof solutionSchema>;

const earthquakeId = z.string().regex(/^[\w.:-]{1,200}$/);

/**
 * What operators may ask for. That something is an exercise is no field: a `drill` is one, an `issue` is none, and the
 * others are what the earthquake is that they name.
 */
export const askedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('issue'), originTimeMs: timeMs, solution: solutionSchema }),
  z.strictObject({
    kind: z.literal('drill'),
    startAtMs: timeMs,
    /** ISO 3166-1 alpha-2: with the longitude it says which local time the quiet hours are in. */
    country: z.string().regex(/^[A-Z]{2}$/),
    solution: solutionSchema,
  }),
  z.strictObject({ kind: z.literal('update'), earthquakeId, solution: solutionSchema }),
  z.strictObject({ kind: z.literal('allClear'), earthquakeId }),
  z.strictObject({ kind: z.literal('cancel'), earthquakeId }),
]);
export type Asked = z.infer<typeof askedSchema>;

/** Written once by whoever asks. */
export const requestSchema = z.strictObject({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  asked: askedSchema,
  requestedBy: operatorSchema,
  /** Store time, milliseconds since the epoch. */
  requestedAtMs: timeMs,
});
export type OperatorRequest = z.infer<typeof requestSchema>;

/** Written once by the second person, with what they saw: if the request was changed, this does not approve it. */
export const approvalSchema = z.strictObject({
  schema: z.literal(1),
  request: requestSchema,
  approvedBy: operatorSchema,
  approvedAtMs: timeMs,
});
export type Approval = z.infer<typeof approvalSchema>;

/** Written once by anybody who stops a request that was not carried out yet. */
export const withdrawalSchema = z.strictObject({
  schema: z.literal(1),
  requestId: z.string(),
  withdrawnBy: operatorSchema,
  withdrawnAtMs: timeMs,
});
export type Withdrawal = z.infer<typeof withdrawalSchema>;

/** Stopping takes one person, starting two. */
export const needsApproval = ({ kind }: Asked): boolean => kind !== 'cancel';
