export { guardPlan } from './guard/guard-plan.ts';
export type { FieldChange, GuardMode, GuardVerdict, Refusal } from './guard/verdict.ts';
export type { ReviewedPlan } from './reviewed/reviewed-plan.ts';
