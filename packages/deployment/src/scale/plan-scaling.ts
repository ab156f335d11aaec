import {
  decide,
  holdsOf,
  type Observation,
  type Policy,
  previousSizing,
  propose,
  type Sizing,
  serialise,
} from '@quakewire/scaling';
import type { DeliveryPorts } from '../change/apply-and-read-back.ts';
import type { ChangePorts } from '../change/change-ports.ts';
import { type ChangeRequest, planChange } from '../change/plan-change.ts';
import { remember } from '../change/remember.ts';
import type { ReviewedChange } from '../change/reviewed-change.ts';

export interface ScalingRequest extends Omit<ChangeRequest, 'roots' | 'scalingText' | 'historyText' | 'holds'> {
  policy: Policy;
}

export interface ScalingPorts extends ChangePorts, Pick<DeliveryPorts, 'heartbeat'> {
  /** @param lastCounts Endpoints by channel that the last sizing went by. */
  observe(lastCounts: Readonly<Record<string, number>>): Promise<Observation>;
}

/** What one run of the scaler came to. */
export interface PlannedScaling {
  sizing: Sizing;
  /** Null: nothing to apply. */
  change: ReviewedChange | null;
}

/**
 * Observes and decides; nothing is planned and nothing is remembered.
 * @throws {ActError} When the scaling file in force is gone or damaged.
 */
export async function sizeAnew(request: ScalingRequest, ports: ScalingPorts): Promise<Sized> {
  const [inForce, history] = await Promise.all([ports.scalingFile.read(), ports.history.read()]);
  const previous = previousSizing({
    inForce: inForce?.text ?? null,
    history: history?.text ?? null,
    isFirst: request.isFirst ?? false,
    say: ports.say,
  });
  const observation = await ports.observe(previous?.carried.endpoints ?? {});
  return { observation, sizing: decide(observation, request.policy, previous), inForce: inForce?.text ?? null };
}

export interface Sized {
  observation: Observation;
  sizing: Sizing;
  inForce: string | null;
}

/**
 * Plans what a sizing asks for. What is held stays as it is, the healthy channels' change is planned all the same, and
 * the change carries the holds, so that its run ends red after the apply. A run with nothing to apply ends here.
 */
export async function planScaling(sized: Sized, request: ScalingRequest, ports: ScalingPorts): Promise<PlannedScaling> {
  const { sizing, observation, inForce } = sized;
  const { policy, ...rest } = request;
  const historyText = serialise(sizing);
  const proposal = propose({ sizing, policy, observation, inForce });
  if ('stays' in proposal) {
    ports.say(proposal.stays);
    await remember(historyText, ports.history);
    await ports.heartbeat();
    return { sizing, change: null };
  }
  const change = await planChange(
    {
      ...rest,
      roots: proposal.changesPartitions ? ['topics', 'pipeline'] : ['pipeline'],
      scalingText: proposal.text,
      historyText,
      holds: holdsOf(sizing),
    },
    ports,
  );
  if (change === null) await ports.heartbeat();
  return { sizing, change };
}
