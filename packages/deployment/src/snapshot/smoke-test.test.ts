import { liveAs } from '../../test/live-values.ts';
import { aScaling } from '../../test/snapshot-world.ts';
import { type SmokePorts, smokeTest, type ToldTestEndpoints } from './smoke-test.ts';

const scalingText = JSON.stringify(aScaling());

function ports(changes: Partial<SmokePorts> = {}): SmokePorts {
  return {
    ...liveAs(aScaling()),
    say: () => {},
    startConsumer: async () => undefined,
    tellTestEndpoints: async (channels) =>
      channels.map((channel) => ({ channel, isComplete: true, eligible: 1, accepted: 1 })),
    nowMs: () => 0,
    ...changes,
  };
}

const telling = (changes: Partial<ToldTestEndpoints>): Partial<SmokePorts> => ({
  tellTestEndpoints: async () => [{ channel: 'sms', isComplete: true, eligible: 1, accepted: 1, ...changes }],
});

test('what is as applied, starts and tells its test endpoint passes', async () => {
  expect(await smokeTest(scalingText, ports())).toEqual({
    checkedAt: '1970-01-01T00:00:00.000Z',
    passed: true,
    checks: [
      { name: 'in force as applied', passed: true, detail: '' },
      { name: 'consumer of sms starts', passed: true, detail: '' },
      { name: 'test endpoint of sms is told', passed: true, detail: '' },
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
  [
    'a channel without a test endpoint',
    telling({ eligible: 0, accepted: 0 }),
    'There is none: npm run test-endpoints -- --help.',
  ],
  [
    'a test endpoint that the provider refused',
    telling({ accepted: 0 }),
    'The provider accepted 0 of 1: npm run alert-report says why.',
  ],
  [
    'a test that did not end',
    telling({ isComplete: false, eligible: 0, accepted: 0 }),
    'The exercise was not complete in time: is there a leader, is the mapping polling?',
  ],
  [
    'a test that says nothing of a channel',
    { tellTestEndpoints: async () => [] },
    'The exercise was not complete in time: is there a leader, is the mapping polling?',
  ],
  ['a test that fails', { tellTestEndpoints: () => Promise.reject(new Error('Kafka is down')) }, 'Kafka is down'],
])('%s does not pass, and it says why', async (_what, changes, detail) => {
  const { passed, checks } = await smokeTest(scalingText, ports(changes));
  expect(passed).toBe(false);
  expect(checks.filter((check) => !check.passed)).toEqual([expect.objectContaining({ detail })]);
});

test('a channel that a person disabled is not asked to tell anybody', async () => {
  const live = liveAs(aScaling());
  const consumers = {
    ...live.consumers,
    read: async (channel: string) => {
      const consumer = await live.consumers.read(channel);
      return { ...consumer, mapping: { ...consumer.mapping, state: 'Disabled' } };
    },
  };
  const { passed, checks } = await smokeTest(scalingText, ports({ consumers, ...telling({ isComplete: false }) }));
  expect(passed).toBe(true);
  expect(checks.map(({ name }) => name)).toEqual(['in force as applied', 'consumer of sms starts']);
});
