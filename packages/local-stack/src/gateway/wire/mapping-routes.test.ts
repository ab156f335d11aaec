import { functionArn, startGatewayFixture } from '../testing-support/gateway-fixture.ts';
import { createRequest } from '../testing-support/mapping-request.ts';

const path = '/2015-03-31/event-source-mappings';
let fixture: Awaited<ReturnType<typeof startGatewayFixture>>;

beforeEach(async () => {
  fixture = await startGatewayFixture({
    emulator: ({ path: asked, method }) =>
      asked.startsWith(path) && method === 'GET'
        ? { body: { EventSourceMappings: [{ UUID: 'an-sqs-mapping' }] } }
        : { body: { from: 'emulator' } },
  });
});
afterEach(() => fixture.stop());

async function create(given: Record<string, unknown> = {}): Promise<string> {
  const { json, status } = await fixture.call('POST', path, createRequest(given));
  expect(status).toBe(202);
  await fixture.clock.advance(0);
  return json.UUID;
}
const get = (uuid: string) => fixture.call('GET', `${path}/${uuid}`);
const settle = async (uuid: string) => {
  await fixture.clock.advance(90_000);
  return (await get(uuid)).json;
};

describe('CreateEventSourceMapping (API_CreateEventSourceMapping)', () => {
  test('answers 202 and Creating with the request in its own words, without Enabled, FunctionName and Tags', async () => {
    const { Enabled: _enabled, FunctionName: _name, ...echoed } = createRequest();
    const { status, json } = await fixture.call('POST', `${path}/`, createRequest({ Tags: { a: 'b' } }));
    expect(status).toBe(202);
    expect(json).toEqual({
      ...echoed,
      UUID: json.UUID,
      EventSourceMappingArn: `arn:aws:lambda:eu-central-1:000000000000:event-source-mapping:${json.UUID}`,
      FunctionArn: functionArn,
      State: 'Creating',
      StateTransitionReason: 'USER_INITIATED',
      LastModified: fixture.clock.wallMs() / 1000,
      LastProcessingResult: 'No records processed',
    });
  });

  test('polls as soon as it is Enabled, not at all when Disabled', async () => {
    const enabled = await create();
    expect((await get(enabled)).json.State).toBe('Enabled');
    const disabled = await create({ Enabled: false, SelfManagedKafkaEventSourceConfig: undefined, BatchSize: 2 });
    expect((await get(disabled)).json.State).toBe('Disabled');
    expect(fixture.polling).toEqual(['start 1']);
  });

  test.each([
    ['an unknown field', { FilterCriteria: { Filters: [] } }, 400, 'FilterCriteria'],
    ['a batch size out of range', { BatchSize: 10_001 }, 400, 'BatchSize'],
    ['two topics', { Topics: ['a', 'b'] }, 400, 'Topics'],
    ['AT_TIMESTAMP without a time', { StartingPosition: 'AT_TIMESTAMP' }, 400, 'StartingPositionTimestamp'],
    ['a function that does not exist', { FunctionName: 'nobody' }, 404, 'Function not found: nobody'],
  ])('refuses %s and names it', async (_what, given, status, text) => {
    const answer = await fixture.call('POST', path, createRequest(given));
    expect(answer.status).toBe(status);
    expect(answer.json.Message).toContain(text);
  });

  test('refuses a consumer group that another mapping uses (kafka-consumer-group-id)', async () => {
    await create();
    const { status, headers } = await fixture.call('POST', path, createRequest());
    expect([status, headers.get('x-amzn-errortype')]).toEqual([409, 'ResourceConflictException']);
  });

  test("a mapping that is not of self-managed Kafka is the emulator's", async () => {
    const body = { EventSourceArn: 'arn:aws:sqs:eu-central-1:000000000000:q', FunctionName: 'f' };
    expect((await fixture.call('POST', path, body)).json).toEqual({ from: 'emulator' });
    expect(JSON.parse(fixture.emulatorRequests[0]?.body ?? '')).toEqual(body);
  });
});

describe('UpdateEventSourceMapping (API_UpdateEventSourceMapping)', () => {
  test('is a delta, and polling rests while it is applied (kafka-starting-positions: up to 90 s)', async () => {
    const uuid = await create({ MaximumBatchingWindowInSeconds: 5 });
    const { status, json } = await fixture.call('PUT', `${path}/${uuid}`, { BatchSize: 3 });
    expect([status, json.State, json.BatchSize, json.MaximumBatchingWindowInSeconds]).toEqual([202, 'Updating', 3, 5]);
    await fixture.clock.advance(89_000);
    expect(fixture.polling).toEqual(['start 1', 'stop 1']);
    expect((await settle(uuid)).State).toBe('Enabled');
    expect(fixture.polling).toEqual(['start 1', 'stop 1', 'start 3']);
  });

  test('is refused while another is applied', async () => {
    const uuid = await create();
    await fixture.call('PUT', `${path}/${uuid}`, { BatchSize: 3 });
    const { status, headers } = await fixture.call('PUT', `${path}/${uuid}`, { BatchSize: 4 });
    expect([status, headers.get('x-amzn-errortype')]).toEqual([400, 'ResourceInUseException']);
  });

  test('keeps a batching window of 0, which the provider sends in an update only', async () => {
    const uuid = await create();
    expect((await get(uuid)).json).not.toHaveProperty('MaximumBatchingWindowInSeconds');
    await fixture.call('PUT', `${path}/${uuid}`, { MaximumBatchingWindowInSeconds: 0 });
    expect(await settle(uuid)).toMatchObject({ MaximumBatchingWindowInSeconds: 0 });
  });

  test('disables and enables', async () => {
    const uuid = await create();
    expect((await fixture.call('PUT', `${path}/${uuid}`, { Enabled: false })).json.State).toBe('Disabling');
    expect((await settle(uuid)).State).toBe('Disabled');
    expect((await fixture.call('PUT', `${path}/${uuid}`, { Enabled: true })).json.State).toBe('Enabling');
    expect((await settle(uuid)).State).toBe('Enabled');
    expect(fixture.polling).toEqual(['start 1', 'stop 1', 'start 1']);
  });
});

test('DeleteEventSourceMapping answers 202 and Deleting, then it is unknown (API_DeleteEventSourceMapping)', async () => {
  const uuid = await create();
  const { status, json } = await fixture.call('DELETE', `${path}/${uuid}`);
  expect([status, json.State]).toEqual([202, 'Deleting']);
  await fixture.clock.advance(0);
  expect(fixture.polling).toEqual(['start 1', 'stop 1']);
  const before = fixture.emulatorRequests.length;
  await get(uuid);
  expect(fixture.emulatorRequests.slice(before)).toMatchObject([{ method: 'GET', path: `${path}/${uuid}` }]);
});

describe('ListEventSourceMappings (API_ListEventSourceMappings)', () => {
  const uuids = async (query: string) => {
    const { json } = await fixture.call('GET', `${path}/${query}`);
    return json.EventSourceMappings.map(({ UUID }: { UUID: string }) => UUID);
  };

  test("shows ours before the emulator's own, by function where one is asked for", async () => {
    const uuid = await create();
    expect(await uuids('')).toEqual([uuid, 'an-sqs-mapping']);
    expect(await uuids('?FunctionName=quakewire-local-consumer-sms:live')).toEqual([uuid, 'an-sqs-mapping']);
    expect(await uuids('?FunctionName=nobody')).toEqual(['an-sqs-mapping']);
  });

  test('shows ours on the first page only', async () => {
    await create();
    expect(await uuids('?Marker=x')).toEqual(['an-sqs-mapping']);
  });
});

test('tags are listed, added and removed by ARN (API_TagResource)', async () => {
  const uuid = await create({ Tags: { a: '1' } });
  const arn = encodeURIComponent((await get(uuid)).json.EventSourceMappingArn);
  const tags = async () => (await fixture.call('GET', `/2017-03-31/tags/${arn}`)).json;
  expect((await fixture.call('POST', `/2017-03-31/tags/${arn}`, { Tags: { b: '2', c: '3' } })).status).toBe(204);
  expect(await tags()).toEqual({ Tags: { a: '1', b: '2', c: '3' } });
  expect((await fixture.call('DELETE', `/2017-03-31/tags/${arn}?tagKeys=a&tagKeys=c`)).status).toBe(204);
  expect(await tags()).toEqual({ Tags: { b: '2' } });
  expect((await fixture.call('GET', '/2017-03-31/tags/arn%3Aother')).json).toEqual({ from: 'emulator' });
});

test('mappings outlive a restart, and a transition that was cut off is finished', async () => {
  const uuid = await create();
  const before = (await get(uuid)).json;
  await fixture.restart();
  await fixture.clock.advance(0);
  expect((await get(uuid)).json).toEqual(before);
  await fixture.call('PUT', `${path}/${uuid}`, { BatchSize: 5 });
  await fixture.restart();
  expect(await settle(uuid)).toMatchObject({ BatchSize: 5, State: 'Enabled' });
  expect(fixture.polling).toEqual(['start 1', 'stop 1', 'start 1', 'stop 1', 'start 5']);
});
