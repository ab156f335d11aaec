export { applyAndReadBack, type DeliveryPorts } from './change/apply-and-read-back.ts';
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
export { findDrift } from './drift/find-drift.ts';
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
export { checkInForce } from './read-back/check-in-force.ts';
export type { LiveConsumer, LiveConsumers } from './read-back/live-consumer.ts';
export { type ReadBackOptions, type ReadBackPorts, readBack } from './read-back/read-back.ts';
export { planRollback, type SnapshotCheckout } from './rollback/plan-rollback.ts';
export { type RollbackPorts, type RollbackRequest, rollBack } from './rollback/roll-back.ts';
export {
  type PlannedScaling,
  planScaling,
  type ScalingPorts,
  type ScalingRequest,
  type Sized,
  sizeAnew,
} from './scale/plan-scaling.ts';
export { type Artifact, artifactSchema, type Manifest, type SmokeResult } from './snapshot/manifest.ts';
export { type SmokePorts, smokeTest, type ToldTestEndpoints } from './snapshot/smoke-test.ts';
export { UnusableSnapshotError } from './snapshot/snapshot-error.ts';
export { snapshotPrefix } from './snapshot/snapshot-name.ts';
export { SnapshotExistsError, type SnapshotTags } from './snapshot/snapshot-tags.ts';
export {
  composedSnapshotSchema,
  composeSnapshot,
  type SnapshotPorts,
  type SnapshotRequest,
  takeSnapshot,
} from './snapshot/take-snapshot.ts';
