import { parseTfvars } from '@quakewire/scaling';
import { DeploymentError } from '../deployment-error.ts';
import type { VersionedFile } from '../ports.ts';
import { type ReadBackOptions, type ReadBackPorts, readBack } from './read-back.ts';

/** @throws {DeploymentError} With a sentence for each difference between the scaling file in force and what is really there. */
export async function checkInForce(
  options: ReadBackOptions,
  ports: ReadBackPorts & { scalingFile: VersionedFile },
): Promise<void> {
  const inForce = await ports.scalingFile.read();
  if (inForce === null) throw new DeploymentError(`${ports.scalingFile.name} is gone: restore its last good version.`);
  const differences = await readBack(parseTfvars(inForce.text), options, ports);
  if (differences.length > 0)
    throw new DeploymentError(
      `What is in force is not what was applied:\n${differences.map((one) => `- ${one}`).join('\n')}`,
    );
  ports.say('Read back: partitions, mappings, pollers, concurrency, aliases and the sizing item are as applied.');
}
