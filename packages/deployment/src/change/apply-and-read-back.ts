import { checkInForce } from '../read-back/check-in-force.ts';
import type { ReadBackPorts } from '../read-back/read-back.ts';
import { type ApplyPorts, type ApplyRequest, applyChange } from './apply-change.ts';
import type { ReviewedChange } from './reviewed-change.ts';

export interface DeliveryPorts extends ApplyPorts, ReadBackPorts {
  /** Tells whoever watches from outside of GitHub that a run of the scaler came to its end. */
  heartbeat(): Promise<void>;
}

/**
 * Applies a reviewed change and compares what is then in force with the scaling file. Where the scaler asked for it, its run
 * has come to its end.
 * @throws {DeploymentError} As `applyChange`, or with a sentence for each difference.
 */
export async function applyAndReadBack(request: ApplyRequest, ports: DeliveryPorts): Promise<ReviewedChange> {
  const change = await applyChange(request, ports);
  // A sizing run must not be blamed for a version that a person put in service in an emergency.
  await checkInForce({ expectNewestCode: change.mode !== 'scale' }, ports);
  if (change.mode === 'scale') await ports.heartbeat();
  return change;
}
