import type { Observation } from '../decide/observation.ts';
import { ownValue } from '../decide/own-value.ts';
import type { Policy } from '../decide/policy.ts';
import type { Sizing } from '../decide/sizing.ts';
import { parseTfvars } from './parse-tfvars.ts';
import { refuseLoss } from './refuse-loss.ts';
import { serialiseTfvars, type Tfvars } from './tfvars.ts';
import { toTfvars } from './to-tfvars.ts';

export interface ProposeInput {
  sizing: Sizing;
  policy: Policy;
  observation?: Observation;
  /** Text of the scaling file in force; null before the first installation. */
  inForce: string | null;
}

/** What a sizing asks for: another scaling file, or that everything stays, and why. */
export type Proposal =
  | { stays: string }
  | {
      /** The scaling file that should be in force. */
      text: string;
      /** False: the topics stay as they are, so that a Kafka outage need not block a change of the pipeline. */
      changesPartitions: boolean;
    };

/**
 * The scaling file that follows from a sizing. Nothing is written: it is in force only when it was applied.
 * @throws {ActError} When the sizing would take away what is in force, or the file in force is damaged.
 */
export function propose({ sizing, policy, observation, inForce }: ProposeInput): Proposal {
  if (sizing.verdict === 'frozen' || sizing.verdict === 'hold' || sizing.capacity === null)
    return { stays: `${sizing.verdict}: the scaling file stays as it is, Terraform is not called.` };
  const current = inForce === null ? null : parseTfvars(inForce);
  const next = toTfvars(sizing, policy, { inForce: current, ...(observation && { observation }) });
  refuseLoss(next, current, sizing);
  const text = serialiseTfvars(next);
  if (text === inForce) return { stays: 'No change: the scaling file stays as it is, Terraform is not called.' };
  return { text, changesPartitions: !samePartitions(next, current) };
}

function samePartitions(next: Tfvars, inForce: Tfvars | null): boolean {
  const channels = Object.entries(next.scaling.channels);
  return channels.every(
    ([name, channel]) => ownValue(inForce?.scaling.channels, name)?.partitions === channel.partitions,
  );
}
