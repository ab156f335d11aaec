import * as z from 'zod';
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
export interface ComposePorts {
  scalingFile: VersionedFile;
  terraformVersion(): Promise<string>;
  providerLock(root: TerraformRoot): Promise<string>;
  state(root: TerraformRoot): Promise<Manifest['states']['pipeline']>;
  live(channels: readonly string[]): Promise<LiveValues>;
  nowMs(): number;
}

export interface SnapshotPorts extends ComposePorts {
  tags: SnapshotTags;
}

/** A snapshot before it is tagged: a job without rights on AWS may do that. */
export const composedSnapshotSchema = z.strictObject({ name: z.string(), commit: z.string(), message: z.string() });
export type ComposedSnapshot = z.output<typeof composedSnapshotSchema>;

/**
 * Tags what is in force now, with everything that it takes to come back to it.
 * @returns The tag's name.
 */
export async function takeSnapshot(request: SnapshotRequest, ports: SnapshotPorts): Promise<string> {
  const { name, ...tag } = await composeSnapshot(request, ports);
  await ports.tags.create(name, tag);
  return name;
}

/** @throws When the check after the apply failed, or a part of the manifest cannot be read: half a snapshot is none. */
export async function composeSnapshot(request: SnapshotRequest, ports: ComposePorts): Promise<ComposedSnapshot> {
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
  return { name: snapshotName(environment, takenAtMs, pipeline.serial), commit, message: serialiseManifest(manifest) };
}
