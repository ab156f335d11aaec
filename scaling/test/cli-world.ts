import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInMemoryScalerFlags } from '@quakewire/testing';
import { runCli } from '../src/cli/run-cli.ts';
import type { PolicyInput } from '../src/decide/policy.ts';
import type { ObservePorts } from '../src/observe/observe-ports.ts';

export const smsPolicy: PolicyInput = {
  schemaVersion: 1,
  channels: [{ name: 'sms', sloSecondsToLastRecipient: 60, senders: [{ providerRatePerSecond: 500 }] }],
};

/** Parts that work, with this many endpoints. */
export function portsWith(endpoints: number): ObservePorts {
  return {
    nowMs: () => 1_745_401_800_000,
    flags: async () => ({ paused: false, deployInFlight: false }),
    readCounts: async () => undefined,
    sends: async () => [],
    countEndpoints: async () => ({ sms: { TR: endpoints } }),
    livePartitions: async () => ({ 'dispatch.sms': 0 }),
    concurrency: async () => ({ accountConcurrency: 1_000, concurrencyReservedByOthers: 4 }),
    quotas: {},
    openRuns: async () => [],
  };
}

/** A folder of its own with `policy.json`, and parts that answer. */
export function createCliWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'quakewire-scale-'));
  const path = (name: string) => join(folder, name);
  const world = {
    path,
    write: (name: string, content: unknown) => writeFileSync(path(name), JSON.stringify(content)),
    read: (name: string) => JSON.parse(readFileSync(path(name), 'utf8')),
    end: () => rmSync(folder, { recursive: true, force: true }),
    printed: '',
    said: [] as string[],
    ports: portsWith(300),
    flags: createInMemoryScalerFlags(() => 1_745_401_800_000),
    scale: (...args: string[]): Promise<number> =>
      runCli(args, {
        print: (text) => {
          world.printed += text;
        },
        say: (sentence) => world.said.push(sentence),
        openPorts: () => ({ ports: world.ports, flags: world.flags, close: async () => {} }),
      }),
  };
  world.write('policy.json', smsPolicy);
  return world;
}

export type CliWorld = ReturnType<typeof createCliWorld>;
