import { liveAs } from '../../test/live-values.ts';
import { aScaling } from '../../test/snapshot-world.ts';
import { type SmokePorts, smokeTest } from './smoke-test.ts';

const scalingText = JSON.stringify(aScaling());

function ports(changes: Partial<SmokePorts> = {}): SmokePorts {
  return {
    ...liveAs(aScaling()),
    say: () => {},
    startConsumer: async () => undefined,
    nowMs: () => 0,
    ...changes,
  };
}

test('what is as applied and starts passes', async () => {
  expect(await smokeTest(scalingText, ports())).toEqual({
    checkedAt: '1970-01-01T00:00:00.000Z',
    passed: true,
    checks: [
      { name: 'in force as applied', passed: true, detail: '' },
      { name: 'consumer of sms starts', passed: true, detail: '' },
    ],
  });
});

test.each<[string, Partial<SmokePorts>, string]>([
  [
    'fewer partitions',
    { livePartitions: async () => ({ 'dispatch.sms': 1 }) },
    'sms: the number of partitions is 1, not 2.',
  ],
  ['a consumer that fails', { startConsumer: async () => 'Unhandled: no secret' }, 'Unhandled: no secret'],
  ['a consumer that cannot be called', { startConsumer: () => Promise.reject(new Error('not found')) }, 'not found'],
])('%s does not pass, and it says why', async (_what, changes, detail) => {
  const { passed, checks } = await smokeTest(scalingText, ports(changes));
  expect(passed).toBe(false);
  expect(checks.filter((check) => !check.passed)).toEqual([expect.objectContaining({ detail })]);
});
