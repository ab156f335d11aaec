import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import {
  type Artifact,
  type Manifest,
  planRollback,
  type RollbackPorts,
  rollBack,
  type SnapshotPorts,
  type SnapshotTags,
  takeSnapshot,
} from '@quakewire/deployment';
import { createGitTags, createReadChecksum, readVersionId } from '@quakewire/deployment/adapters';
import { createScalerFlags } from '@quakewire/dynamodb';
import { projectFolder } from '@quakewire/local-stack';
import { expect } from './expect.ts';
import { readLivePartitions, smokeWorld } from './live-ports.ts';
import { applyPorts } from './scaling-run.ts';
import type { Site } from './site.ts';

const stateBucket = 'quakewire-local-state-000000000000';

/** Snapshots and rollbacks of the rehearsal's installation; the tags live in a repository of their own. */
export interface Snapshots {
  tags: SnapshotTags;
  /** Tags what is in force. @returns the snapshot's name. */
  take(): Promise<string>;
  /** Goes back as the workflow does: plans, and applies exactly that plan. @returns the new snapshot's name, or null when nothing was to be done. */
  goBack(to: string, onApply?: () => void): Promise<string | null>;
  /** What going back would change now: null when everything is as it was. */
  plan(to: string): Promise<Awaited<ReturnType<typeof planRollback>>>;
  /** The scaler goes on: a decision of its own. */
  resume(): Promise<void>;
}

export function createSnapshots(world: Site): Snapshots {
  const { installation, deployed } = world;
  const { dataFolder } = installation.stack;
  const tagsFolder = join(dataFolder, 'tags.git');
  execFileSync('git', ['clone', '--quiet', '--bare', '--shared', projectFolder, tagsFolder]);
  for (const [name, value] of Object.entries({ 'user.name': 'rehearsal', 'user.email': 'rehearsal@quakewire.example' }))
    execFileSync('git', ['-C', tagsFolder, 'config', name, value]);
  const tags = createGitTags(tagsFolder);
  const s3 = new S3Client();
  const { terraform, scalingFile } = applyPorts(world);
  const facts: Pick<SnapshotPorts, 'terraformVersion' | 'providerLock' | 'state'> = {
    terraformVersion: async () =>
      String(JSON.parse((await terraform('pipeline', ['version', '-json'])).output).terraform_version),
    providerLock: async (root) =>
      readFileSync(join(dataFolder, 'terraform', root, 'source', root, '.terraform.lock.hcl'), 'utf8'),
    async state(root) {
      const { serial, lineage } = JSON.parse((await terraform(root, ['state', 'pull'])).output);
      return { serial, lineage, versionId: await readVersionId(s3, stateBucket, `${root}.tfstate`) };
    },
  };
  const live = async (channels: readonly string[]) => ({ partitions: await readLivePartitions(world, channels) });
  const table = { client: deployed.stores.client, table: deployed.tables.dispatch ?? '', nowMs: Date.now };
  const flags = createScalerFlags(table);
  const ports = (onApply?: () => void): RollbackPorts => ({
    ...applyPorts(world, onApply ? { onApply } : {}),
    ...{ tags, live, flags, readChecksum: createReadChecksum(s3) },
    // The snapshot's commit is this checkout's own: its code and its zips are here.
    async checkOut({ commit }) {
      expect(commit === deployed.deployment.commit, 'the snapshot must be of this checkout');
      return { ports: { terraform, ...facts }, variableFiles: deployed.deployment.variableFiles };
    },
    smoke: () => smokeWorld(world),
    confirm: async () => false,
    print: (text) => {
      for (const line of text.trimEnd().split('\n')) world.terminal.line(`  ${line}`);
    },
  });
  const requestFor = (to: string) => ({ environment: 'local', to, by: 'the rehearsal' });
  return {
    tags,
    async take() {
      const { environment, commit } = deployed.deployment;
      const smoke = await smokeWorld(world);
      for (const { name, passed, detail } of smoke.checks)
        world.terminal.line(passed ? `  ok: ${name}` : `  FAILED: ${name}: ${detail}`);
      const request = { environment, commit, artifacts: readArtifacts(dataFolder), smoke };
      return await takeSnapshot(request, { ...facts, tags, live, scalingFile, nowMs: Date.now });
    },
    async goBack(to, onApply) {
      const { change } = await planRollback(requestFor(to), ports());
      if (change === null) return null;
      return await rollBack({ ...requestFor(to), digest: change.digest }, ports(onApply));
    },
    plan: (to) => planRollback(requestFor(to), ports()),
    resume: () => flags.lower('paused'),
  };
}

function readArtifacts(dataFolder: string): Record<string, Artifact> {
  return JSON.parse(readFileSync(join(dataFolder, 'artifacts.auto.tfvars.json'), 'utf8')).artifacts;
}

/** The same manifest, of zips that nobody has. */
export function withoutZips(manifest: Manifest): Manifest {
  const artifacts = Object.entries(manifest.artifacts).map(([name, artifact]): [string, Artifact] => [
    name,
    { ...artifact, key: artifact.key.replace(/[0-9a-f]{64}/, '0'.repeat(64)) },
  ]);
  return { ...manifest, artifacts: Object.fromEntries(artifacts) };
}
