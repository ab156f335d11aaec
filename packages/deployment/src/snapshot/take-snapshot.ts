import type { TerraformRoot, VersionedFile } from '../ports.ts';
import {
  type Artifact,
  dataSchemaVersion,
  type LiveValues,
  type Manifest,
  manifestSchema,
  type SmokeResult,
  serialiseManifest,
} from './manifest.ts';
import { snapshotName } from './snapshot-name.ts';
import type { SnapshotTags } from './snapshot-tags.ts';

export interface SnapshotRequest {
  environment: string;
  /** Of the checkout that was applied. */
  commit: string;
  artifacts: Readonly<Record<string, Artifact>>;
  /** What the check after the apply saw: only a good apply becomes a snapshot. */
  smoke: SmokeResult;
  rolledBackTo?: string;
}

/** What is read once more for a snapshot, after the apply. */
export interface SnapshotPorts {
  tags: SnapshotTags;
  scalingFile: VersionedFile;
  terraformVersion(): Promise<string>;
  providerLock(root: TerraformRoot): Promise<string>;
  state(root: TerraformRoot): Promise<Manifest['states']['pipeline']>;
  live(channels: readonly string[]): Promise<LiveValues>;
  nowMs(): number;
}

export interface Snapshot {
  name: string;
  manifest: Manifest;
}

/**
 * Tags what is in force now, with everything that it takes to come back to it.
 * @throws When the check after the apply failed, or a part of the manifest cannot be read: half a snapshot is none.
 */
export async function takeSnapshot(request: SnapshotRequest, ports: SnapshotPorts): Promise<Snapshot> {
  if (!request.smoke.passed) throw new Error('The check after the apply failed: no snapshot is taken of it.');
  const inForce = await ports.scalingFile.read();
  if (inForce === null) throw new Error(`${ports.scalingFile.name} is gone: no snapshot can be taken without it.`);
  const scaling = JSON.parse(inForce.text);
  const [terraformVersion, topicsLock, pipelineLock, topics, pipeline, live] = await Promise.all([
    ports.terraformVersion(),
    ports.providerLock('topics'),
    ports.providerLock('pipeline'),
    ports.state('topics'),
    ports.state('pipeline'),
    ports.live(Object.keys(scaling.scaling.channels)),
  ]);
  const takenAtMs = ports.nowMs();
  const { environment, commit, artifacts, smoke, rolledBackTo } = request;
  const manifest = manifestSchema.parse({
    schemaVersion: 1,
    ...{ environment, commit, terraformVersion, scaling, artifacts, live, dataSchemaVersion, smoke },
    takenAt: new Date(takenAtMs).toISOString(),
    providerLocks: { topics: topicsLock, pipeline: pipelineLock },
    states: { topics, pipeline },
    ...(rolledBackTo !== undefined && { rolledBackTo }),
  } satisfies Manifest);
  const name = snapshotName(environment, takenAtMs, pipeline.serial);
  await ports.tags.create(name, { commit, message: serialiseManifest(manifest) });
  return { name, manifest };
}
