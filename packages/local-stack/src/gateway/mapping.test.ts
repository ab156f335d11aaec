import { createMapping, isSettled, type Mapping, mappingArn, settleMapping, updateMapping } from './mapping.ts';
import { createRequest } from './testing-support/mapping-request.ts';
import { createMappingSchema, type UpdateMappingRequest } from './wire/mapping-schemas.ts';

const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:f:live';
const created = (given: Record<string, unknown> = {}): Mapping =>
  createMapping({ request: createMappingSchema.parse(createRequest(given)), uuid: 'u-1', functionArn, nowSeconds: 1 });
const settled = (given: Record<string, unknown> = {}) => settleMapping(created(given)) as Mapping;
const updated = (mapping: Mapping, delta: UpdateMappingRequest) =>
  updateMapping(mapping, { delta, functionArn, nowSeconds: 2 });

test('a new mapping is Creating, then Enabled or Disabled (API_CreateEventSourceMapping)', () => {
  expect(created().state).toBe('Creating');
  expect(settled().state).toBe('Enabled');
  expect(settled({ Enabled: false }).state).toBe('Disabled');
});

test('what was not given gets the defaults of kafka-esm-parameters: batch size 100, the group is the mapping itself', () => {
  const { configuration } = created({ BatchSize: undefined, SelfManagedKafkaEventSourceConfig: undefined });
  expect(configuration.BatchSize).toBe(100);
  expect(configuration.SelfManagedKafkaEventSourceConfig).toEqual({ ConsumerGroupId: 'u-1' });
});

test('pollers without a number get 1 and 200 (kafka-scaling-modes)', () => {
  const { configuration } = created({ ProvisionedPollerConfig: { MaximumPollers: 9 } });
  expect(configuration.ProvisionedPollerConfig).toEqual({ MinimumPollers: 1, MaximumPollers: 9 });
});

describe('an update (API_UpdateEventSourceMapping)', () => {
  test('is a delta: what is absent stays, Enabled too', () => {
    const before = settled({ Enabled: false, MaximumBatchingWindowInSeconds: 0 });
    const after = updated(before, { BatchSize: 7 });
    expect(after.configuration).toEqual({ ...before.configuration, BatchSize: 7 });
    expect(settleMapping(after)?.state).toBe('Disabled');
  });

  test.each([
    [{ BatchSize: 2 }, 'Updating'],
    [{ Enabled: false }, 'Disabling'],
    [{ Enabled: true }, 'Updating'],
  ])('%j shows as %s until the poller has followed', (delta, state) => {
    expect(updated(settled(), delta).state).toBe(state);
  });

  test('a disabled mapping that is enabled shows as Enabling', () => {
    expect(updated(settled({ Enabled: false }), { Enabled: true }).state).toBe('Enabling');
  });

  test('empty pollers and an empty destination take them away: Terraform would plan a change for ever', () => {
    const before = settled({
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 2 },
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-central-1:000000000000:q' } },
    });
    const delta = { ProvisionedPollerConfig: {}, DestinationConfig: { OnFailure: { Destination: '' } } };
    const { configuration } = updated(before, delta);
    expect(configuration).not.toHaveProperty('ProvisionedPollerConfig');
    expect(configuration).not.toHaveProperty('DestinationConfig');
  });
});

test('a deleted mapping is Deleting, then gone (API_DeleteEventSourceMapping)', () => {
  const deleting: Mapping = { ...settled(), state: 'Deleting' };
  expect(isSettled(deleting)).toBe(false);
  expect(settleMapping(deleting)).toBeNull();
});

test("the mapping's ARN is in the function's region and account", () => {
  expect(mappingArn(created())).toBe('arn:aws:lambda:eu-central-1:000000000000:event-source-mapping:u-1');
});
