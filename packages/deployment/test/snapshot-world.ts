import type { Tfvars } from '@quakewire/scaling';
import type { Manifest } from '../src/snapshot/manifest.ts';
import {
  newestFirst,
  SnapshotExistsError,
  type SnapshotTag,
  type SnapshotTags,
} from '../src/snapshot/snapshot-tags.ts';

export const commit = 'a'.repeat(40);
export const takenAtMs = Date.UTC(2026, 0, 31, 12, 30, 5);

type Channel = Tfvars['scaling']['channels'][string];

export const aChannel = (changes: Partial<Channel> = {}): Channel => ({
  active_partitions: 2,
  max_workers_per_segment: 1,
  maximum_pollers: null,
  memory_mb: 512,
  minimum_pollers: null,
  partitions: 2,
  provider_rate_per_second: 100,
  reserved_concurrency: 7,
  segment_endpoints: 400,
  warm_workers: 0,
  ...changes,
});

export const aScaling = (channels: Record<string, Partial<Channel>> = { sms: {} }): Tfvars => ({
  scaling: {
    schema: 1,
    producer: { memory_mb: 512, threads: 1 },
    channels: Object.fromEntries(Object.entries(channels).map(([name, changes]) => [name, aChannel(changes)])),
  },
});

export const anArtifact = { bucket: 'artifacts', key: 'lambda/producer/00.zip', sha256_base64: 'AAAA' };
export const goodSmoke = { checkedAt: '2026-01-31T12:30:00.000Z', passed: true, checks: [] };

export const aManifest = (changes: Partial<Manifest> = {}): Manifest => ({
  schemaVersion: 1,
  environment: 'dev',
  takenAt: new Date(takenAtMs).toISOString(),
  commit,
  terraformVersion: '1.11.4',
  providerLocks: { topics: 'lock', pipeline: 'lock' },
  scaling: aScaling(),
  artifacts: { producer: anArtifact },
  states: {
    topics: { serial: 3, lineage: 'topics', versionId: 'v3' },
    pipeline: { serial: 42, lineage: 'pipeline', versionId: null },
  },
  live: { partitions: { sms: 2 } },
  dataSchemaVersion: 1,
  smoke: goodSmoke,
  ...changes,
});

export function createInMemoryTags(initial: Record<string, SnapshotTag> = {}): SnapshotTags {
  const tags = new Map(Object.entries(initial));
  return {
    async create(name, tag) {
      if (tags.has(name)) throw new SnapshotExistsError(`${name} exists already`);
      tags.set(name, tag);
    },
    read: async (name) => tags.get(name),
    list: async (prefix) => newestFirst([...tags.keys()].filter((name) => name.startsWith(prefix))),
  };
}
