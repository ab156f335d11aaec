import { DeploymentError } from '../deployment-error.ts';
import type { Artifact } from '../snapshot/manifest.ts';

/** The SHA-256 that the store keeps for an object, in base64; undefined when there is none. */
export type ReadChecksum = (artifact: Artifact) => Promise<string | undefined>;

/** @throws {DeploymentError} Naming every zip that is gone or is not what was built: old code must exist before anything moves. */
export async function checkArtifacts(
  artifacts: Readonly<Record<string, Artifact>>,
  readChecksum: ReadChecksum,
): Promise<void> {
  const problems = await Promise.all(
    Object.entries(artifacts).map(async ([name, artifact]) => {
      const checksum = await readChecksum(artifact);
      if (checksum === artifact.sha256_base64) return [];
      const what = checksum === undefined ? 'is gone' : 'is not the zip that was built';
      return [`${name}: s3://${artifact.bucket}/${artifact.key} ${what}`];
    }),
  );
  const found = problems.flat();
  if (found.length > 0)
    throw new DeploymentError(
      `The snapshot's zips are not all there; nothing was changed. Restore them, or choose another snapshot:\n${found.map((line) => `- ${line}`).join('\n')}`,
    );
}
