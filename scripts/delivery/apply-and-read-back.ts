import { applyChange, DeploymentError, readBack } from '@quakewire/deployment';
import { parseTfvars } from '@quakewire/scaling';
import { handOver } from './job.ts';
import { openDelivery, readCommit, say, variableFilesOf } from './open-delivery.ts';
import { exitCodeOf } from './run-delivery.ts';
import { whileDeploying } from './while-deploying.ts';

export interface ApplyOptions {
  environment: string;
  digest: string;
  'var-file': string[];
  /** Nothing was installed when it was planned. */
  first: boolean;
}

/** Applies a reviewed change, reads back what is in force, and only then says which channels are held. */
export async function applyAndReadBack(options: ApplyOptions): Promise<number> {
  const { environment, digest } = options;
  const delivery = openDelivery(environment, options.first);
  try {
    const request = {
      environment,
      digest,
      commit: readCommit(),
      variableFiles: variableFilesOf(environment, options['var-file']),
    };
    const apply = () => applyChange(request, delivery.applyPorts);
    // Before the first installation there is no table for a flag, and no scaler to keep away.
    const { mode, holds } = options.first
      ? await apply()
      : await whileDeploying(environment, `apply of ${digest}`, apply);
    await checkInForce(delivery, mode !== 'scale');
    handOver('applied', 'true');
    return exitCodeOf(holds);
  } finally {
    await delivery.close();
  }
}

/** @throws {DeploymentError} With a sentence for each difference between the scaling file and what is really there. */
export async function checkInForce(
  { changePorts, readBackPorts }: ReturnType<typeof openDelivery>,
  expectNewestCode: boolean,
): Promise<void> {
  const inForce = await changePorts.scalingFile.read();
  if (inForce === null)
    throw new DeploymentError(`${changePorts.scalingFile.name} is gone: restore its last good version.`);
  const ports = readBackPorts();
  try {
    const differences = await readBack(parseTfvars(inForce.text), { expectNewestCode }, ports);
    if (differences.length > 0)
      throw new DeploymentError(
        `What is in force is not what was applied:\n${differences.map((one) => `- ${one}`).join('\n')}`,
      );
    say('Read back: partitions, mappings, pollers, concurrency, aliases and the sizing item are as applied.');
  } finally {
    await ports.close();
  }
}
