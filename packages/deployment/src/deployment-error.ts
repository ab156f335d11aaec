/** Something that forbids or ends a change; the message is for a person and says what to do. */
export class DeploymentError extends Error {
  override name = 'DeploymentError';
}

/** What was reviewed no longer fits what is there: plan anew. */
export class StaleChangeError extends DeploymentError {
  override name = 'StaleChangeError';
}

/** Another run holds the lock of the state. */
export class LockHeldError extends DeploymentError {
  override name = 'LockHeldError';
}

/** The guard let nothing through; one sentence a refusal. */
export class RefusedPlanError extends DeploymentError {
  override name = 'RefusedPlanError';
}

/** Somebody else replaced the file between the reading and the writing. */
export class VersionConflictError extends DeploymentError {
  override name = 'VersionConflictError';
}
