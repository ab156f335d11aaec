import { createFakeTerraform } from '../../test/fake-terraform.ts';
import { createInMemoryFile, createInMemoryStore } from '../../test/in-memory-files.ts';
import { liveAs } from '../../test/live-values.ts';
import { aScaling } from '../../test/snapshot-world.ts';
import { applyAndReadBack, type DeliveryPorts } from './apply-and-read-back.ts';
import { planChange } from './plan-change.ts';

const commit = 'c'.repeat(40);
const place = { environment: 'dev', commit, variableFiles: () => [] };

async function applied(mode: 'scale' | 'deploy', changes: Partial<DeliveryPorts> = {}) {
  const fake = createFakeTerraform();
  fake.roots.topics.changes = [
    { address: 'kafka_topic.dispatch["sms"]', type: 'kafka_topic', field: 'partitions', before: 1, after: 2 },
  ];
  let heartbeats = 0;
  const ports: DeliveryPorts = {
    ...{ terraform: fake.terraform, store: createInMemoryStore(), history: createInMemoryFile() },
    ...{ scalingFile: createInMemoryFile('old'), nowMs: () => 0, say: () => {}, alertInFlight: async () => false },
    ...liveAs(aScaling()),
    heartbeat: async () => void heartbeats++,
    ...changes,
  };
  const scalingText = JSON.stringify(aScaling());
  const change = await planChange({ ...place, mode, roots: ['topics'], scalingText }, ports);
  const problem = await applyAndReadBack({ ...place, digest: change?.digest ?? '' }, ports).then(
    () => null,
    (error: Error) => error.message,
  );
  return { problem, heartbeats };
}

test('a sizing run that is in force as it was applied has come to its end: one heartbeat', async () => {
  expect(await applied('scale')).toEqual({ problem: null, heartbeats: 1 });
});

test('a deployment is no run of the scaler', async () => {
  expect(await applied('deploy')).toEqual({ problem: null, heartbeats: 0 });
});

test('where something else is in force, the run fails and the watcher hears nothing', async () => {
  const { problem, heartbeats } = await applied('scale', { livePartitions: async () => ({ 'dispatch.sms': 1 }) });
  expect(problem).toBe('What is in force is not what was applied:\n- sms: the number of partitions is 1, not 2.');
  expect(heartbeats).toBe(0);
});

test('a change that was not applied is no heartbeat either', async () => {
  const { problem, heartbeats } = await applied('scale', { alertInFlight: async () => true });
  expect(problem).toMatch(/An alert is in flight/);
  expect(heartbeats).toBe(0);
});
