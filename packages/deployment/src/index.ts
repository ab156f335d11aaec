export { type ApplyPorts, type ApplyRequest, applyChange } from './change/apply-change.ts';
export type { ChangePorts } from './change/change-ports.ts';
export { type ChangeRequest, planChange } from './change/plan-change.ts';
export type { ReviewedChange, ReviewedPlan } from './change/reviewed-change.ts';
export {
  DeploymentError,
  LockHeldError,
  RefusedPlanError,
  StaleChangeError,
  VersionConflictError,
} from './deployment-error.ts';
export { guardPlan } from './guard/guard-plan.ts';
export type { FieldChange, GuardMode, GuardVerdict, Refusal } from './guard/verdict.ts';
export {
  type ChangeStore,
  type Terraform,
  type TerraformAnswer,
  type TerraformRoot,
  terraformRoots,
  type VersionedFile,
  type VersionedText,
} from './ports.ts';
