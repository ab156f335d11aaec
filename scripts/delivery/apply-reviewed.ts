import { applyAndReadBack } from '@quakewire/deployment';
import { handOver } from './job.ts';
import { openDelivery, readCommit, variableFilesOf } from './open-delivery.ts';
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
export async function applyReviewed(options: ApplyOptions): Promise<number> {
  const { environment, digest } = options;
  const delivery = openDelivery(environment, options.first);
  const readBackPorts = delivery.readBackPorts();
  try {
    const request = {
      environment,
      digest,
      commit: readCommit(),
      variableFiles: variableFilesOf(environment, options['var-file']),
    };
    const apply = () => applyAndReadBack(request, { ...delivery.applyPorts, ...readBackPorts });
    // Before the first installation there is no table for a flag, and no scaler to keep away.
    const { holds } = options.first ? await apply() : await whileDeploying(environment, `apply of ${digest}`, apply);
    handOver('applied', 'true');
    return exitCodeOf(holds);
  } finally {
    await readBackPorts.close();
    await delivery.close();
  }
}
