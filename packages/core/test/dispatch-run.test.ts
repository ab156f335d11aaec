import { alertSchema, type Endpoint, readRunLedger, reportAlert, wakeUp } from '@quakewire/core';
import { anAlert, aRun, type MessageMode } from '@quakewire/testing';
import fc from 'fast-check';
import { createDispatchWorld, type DispatchWorld, type WorldOptions } from './dispatch-world.ts';
import { brokenInvariants } from './invariants.ts';

async function closedWorld(options: WorldOptions = {}, alert: Parameters<DispatchWorld['dispatch']>[0] = {}) {
  const world = createDispatchWorld(options);
  await world.publishMap();
  await world.dispatch(alert);
  await world.finish();
  return world;
}

test('everybody is told exactly once, the counts add up and nothing is left behind', async () => {
  const world = await closedWorld();
  expect(await brokenInvariants(world)).toEqual([]);
  expect((await world.closedRun())?.counts).toMatchObject({ considered: 120, eligible: 120, accepted: 120 });
  expect([...world.acceptedTimes().values()].every((times) => times === 1)).toBe(true);
  expect(world.clock.sleepers()).toBe(0);
  expect(await world.runs.listOpen('sms')).toEqual([]);
});

test('whoever is not concerned, opted out or not in force is not told, and counted as such', async () => {
  const kinds = [{ minimumIntensity: 9 }, { optedOut: true }, { validFromMs: Number.MAX_SAFE_INTEGER }, {}];
  const world = await closedWorld({ endpoint: (number) => kinds[number % 4] ?? {} });
  expect(await brokenInvariants(world)).toEqual([]);
  expect((await world.closedRun())?.counts).toMatchObject({
    notConcerned: 60,
    eligible: 60,
    suppressed: 30,
    accepted: 30,
  });
});

test('a run without anybody to tell is closed without a send', async () => {
  const world = await closedWorld({ endpoint: () => ({ minimumIntensity: 9 }) });
  expect((await world.closedRun())?.counts).toMatchObject({ considered: 120, notConcerned: 120, eligible: 0 });
  expect(world.sends).toEqual([]);
});

test('segments that workers share, and nobody is told in, are not looked at again and again', async () => {
  const segments = 60;
  const shared = { segments, pagesPerSegment: 4, endpointsPerPage: 2, maxWorkersPerSegment: 3 };
  const world = await closedWorld({ ...shared, endpoint: () => ({ minimumIntensity: 9 }) });
  expect((await world.closedRun())?.counts).toMatchObject({ considered: 480, notConcerned: 480 });
  expect(world.calls.get('readSegment')).toBeLessThan(4 * segments);
});

test('an alert that has expired is sent to nobody and everybody eligible is counted as expired', async () => {
  const world = await closedWorld({}, { expiresAtMs: 0 });
  expect((await world.closedRun())?.counts).toMatchObject({ eligible: 120, expired: 120 });
  expect(world.sends).toEqual([]);
});

test('an alert that expires in mid-run stops there: nothing is sent after its expiry', async () => {
  const world = createDispatchWorld({ ratePerSecond: 30 });
  const expiresAtMs = world.clock.wallMs() + 3_500;
  await world.publishMap();
  await world.dispatch({ expiresAtMs });
  await world.finish();
  const { counts } = (await world.closedRun()) ?? {};
  expect(await brokenInvariants(world)).toEqual([]);
  expect(counts?.expired).toBeGreaterThan(0);
  expect(counts?.accepted).toBeGreaterThan(0);
  expect(Math.max(...world.sends.map(({ atMs }) => atMs))).toBeLessThan(expiresAtMs - 1_499);
});

test('provider errors become the outcome that they prove, with dead letters for what every attempt failed', async () => {
  const modes = ['accepting', 'rejecting', 'throttling', 'cutting', 'hanging'] as const;
  const modeFor = ({ address }: { address: string }) =>
    modes[Number.parseInt(address.slice(0, 12), 16) % 5] ?? 'accepting';
  const world = await closedWorld({ provider: { modeFor } });
  const { counts } = (await world.closedRun()) ?? {};
  expect(counts).toMatchObject({ accepted: 24, failed: 48, unknown: 48 });
  const letters = world.deadLetters.flatMap((letter) => (letter.type === 'undelivered' ? letter.endpoints : []));
  expect(letters).toHaveLength(24);
  expect(letters.every(({ reason, attempts }) => reason === 'fake:tooFast' && attempts === 3)).toBe(true);
});

/** The provider takes nobody's message at the first calls for them; `who` decides whose, by the endpoint's number. */
function busyAtFirst(calls: number, who: (number: number) => boolean = () => true, mode: MessageMode = 'throttling') {
  const made = new Map<string, number>();
  return ({ address }: { address: string }): MessageMode => {
    const number = (made.get(address) ?? 0) + 1;
    made.set(address, number);
    return number <= calls && who(Number.parseInt(address.slice(0, 12), 16)) ? mode : 'accepting';
  };
}
/** Few enough for a provider that works. */
const isAmongFirst = (number: number): boolean => number < 6;

const gapsOf = (times: readonly number[]): number[] => times.slice(1).map((time, at) => time - (times[at] ?? 0));

test('whoever the provider cannot take for now is tried again, no sooner than it asks', async () => {
  const world = await closedWorld({ provider: { modeFor: busyAtFirst(2), retryAfterMs: 700 } });
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 120, failed: 0 });
  expect(world.deadLetters).toEqual([]);
  for (const { id } of world.people) {
    const times = world.sends.filter(({ endpointId }) => endpointId === id).map(({ atMs }) => atMs);
    expect(times).toHaveLength(3);
    expect(Math.min(...gapsOf(times))).toBeGreaterThanOrEqual(700);
  }
});

test('whoever must wait longer than a page is held is not tried again', async () => {
  const world = await closedWorld({ provider: { modeFor: busyAtFirst(1), retryAfterMs: 5_000 } });
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 0, failed: 120 });
  const attempts = world.deadLetters.flatMap((letter) => ('endpoints' in letter ? letter.endpoints : []));
  expect(new Set(attempts.map((endpoint) => endpoint.attempts))).toEqual(new Set([1]));
});

test('a page that waits for another attempt holds up neither its worker nor the end', async () => {
  const world = await closedWorld({
    ...{ ratePerSecond: 60, segments: 1, pagesPerSegment: 6 },
    provider: { modeFor: busyAtFirst(1, isAmongFirst, 'busy'), retryAfterMs: 3_500 },
  });
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 60 });
  const firsts = world.people.map(({ id }) => world.sends.find(({ endpointId }) => endpointId === id)?.atMs ?? 0);
  expect(Math.max(...firsts) - Math.min(...firsts)).toBeLessThan(2_000);
});

test('whoever opts out between two attempts is not tried again', async () => {
  const optOut = { endpointId: '', isSo: false };
  const world = createDispatchWorld({
    ...{ segments: 1, pagesPerSegment: 1, endpointsPerPage: 2 },
    provider: { modeFor: busyAtFirst(1), retryAfterMs: 3_900 },
    optedOut: ({ id }) => optOut.isSo && id === optOut.endpointId,
  });
  await world.publishMap();
  await world.dispatch();
  optOut.endpointId = world.people[0]?.id ?? '';
  const stop = world.clock.sleep(1_000).then(() => {
    optOut.isSo = true;
  });
  await Promise.all([world.finish(), stop]);
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 1, suppressed: 1 });
});

test('time is up while pages wait for another attempt: they are handed back, since nobody on them was told', async () => {
  const busyUntilMs = 20_000;
  const world = createDispatchWorld({
    ...{ invocationMs: 14_000, segments: 1, ratePerSecond: 60 },
    provider: {
      modeFor: () => (world.clock.monotonicMs() < busyUntilMs ? 'throttling' : 'accepting'),
      retryAfterMs: 1_500,
    },
  });
  await world.publishMap();
  await world.dispatch();
  await world.finish();
  const timesUp = world.done.filter(({ ended }) => ended === 'timeIsUp');
  expect(timesUp.length).toBeGreaterThan(0);
  expect((await world.closedRun())?.counts).toMatchObject({ considered: 30, unknown: 0 });
  expect(await brokenInvariants(world)).toEqual([]);
});

test('nobody waits for an attempt that would come too late', async () => {
  const world = createDispatchWorld({
    provider: { modeFor: busyAtFirst(3, isAmongFirst, 'busy'), retryAfterMs: 3_000 },
  });
  await world.publishMap();
  const expiresAtMs = world.clock.wallMs() + 6_000;
  await world.dispatch({ expiresAtMs });
  await world.finish();
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 114, failed: 6 });
  expect(world.sends).toHaveLength(114 + 2 * 6);
  expect(Math.max(...world.sends.map(({ atMs }) => atMs))).toBeLessThan(expiresAtMs);
});

test('a row that cannot be read, an address that cannot be opened and a text that cannot be made fail alone', async () => {
  const broken: Record<number, Partial<Endpoint>> = { 7: { sealedAddress: new Uint8Array() }, 9: { language: '' } };
  const world = await closedWorld({
    unreadableRow: 3,
    endpoint: (number) => broken[number] ?? {},
  });
  expect((await world.closedRun())?.counts).toMatchObject({ considered: 120, accepted: 117, failed: 3 });
  const reasons = world.ledger.all().flatMap(({ entries }) => entries.flatMap(({ reason }) => reason ?? []));
  expect(reasons.sort()).toEqual(['noText', 'unreadableAddress', 'unreadableRow']);
});

test('a wake-up for a run whose map version is gone fails alone, with the field’s name', async () => {
  const world = createDispatchWorld();
  await world.publishMap();
  await world.dispatch();
  const gone = aRun({ earthquakeId: 'eq9', mapVersion: 7, urgency: 'earlyWarning' });
  await world.runs.putAlert(anAlert({ earthquakeId: 'eq9' }));
  await world.runs.open(gone);
  world.queues[0]?.unshift(wakeUp(gone, 0, 0));
  await world.finish({ never: 'eq9' });
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 120 });
  const problems = world.done.flatMap(({ problem }) => problem ?? []);
  expect(problems[0]).toBe('mapVersion: segment map sms version 7 does not exist (any more)');
});

test('a run whose map version is gone stays open, is said to hang once, and nobody is woken for it any more', async () => {
  const world = createDispatchWorld();
  await world.publishMap();
  await world.runs.putAlert(anAlert({ earthquakeId: 'eq9' }));
  await world.runs.open(aRun({ earthquakeId: 'eq9', mapVersion: 7 }));
  await expect(world.finish({ limitMs: 120_000 })).rejects.toThrow('not closed in time');
  // As often as a run that stands still is called before its ledger is read.
  expect(world.done.length).toBeGreaterThan(0);
  expect(world.done.length).toBeLessThanOrEqual(3);
  expect(world.errors.filter((message) => message.startsWith('run hangs'))).toHaveLength(1);
  expect(await world.runs.listOpen('sms')).toHaveLength(1);
});

test('while dead letters cannot be kept, whoever was tried three times is not tried again without a pause', async () => {
  const world = await closedWorld({
    ...{ segments: 1, pagesPerSegment: 1, endpointsPerPage: 40 },
    provider: { modeFor: busyAtFirst(1_000, (number) => number === 0, 'busy'), retryAfterMs: 100 },
    isQueueDown: (atMs) => atMs < 30_000,
  });
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 39, failed: 1 });
  const first = world.people[0]?.id;
  const times = world.sends.filter(({ endpointId }) => endpointId === first).map(({ atMs }) => atMs);
  expect(times.length).toBeGreaterThan(3);
  gapsOf(times).forEach((gapMs, at) => {
    if (at % 3 === 2) expect(gapMs).toBeGreaterThanOrEqual(10_000);
  });
  expect(world.deadLetters).toHaveLength(1);
});

test('a wake-up for an alert of an unknown schema version fails alone, with the field’s name', async () => {
  const world = createDispatchWorld({
    readAlert: (alert) => alertSchema.parse(alert.earthquakeId === 'eq9' ? { ...alert, schema: 9 } : alert),
  });
  await world.publishMap();
  await world.dispatch();
  await world.dispatch({ earthquakeId: 'eq9', type: 'earlyWarning' });
  await world.finish({ never: 'eq9' });
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 120 });
  const problems = world.done.flatMap(({ problem }) => problem ?? []);
  expect(new Set(problems)).toEqual(new Set(['alert: schema cannot be understood']));
});

test('a wake-up for a segment that the run does not have works as any other', async () => {
  const world = createDispatchWorld();
  await world.publishMap();
  await world.dispatch();
  for (const queue of world.queues) queue.length = 0;
  world.queues[0]?.push(wakeUp(aRun(), 60_000, 99));
  await world.finish();
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 120 });
});

test('at least 99 % of segment pairs are begun in the order in which the S wave reaches them', async () => {
  const world = await closedWorld({ segments: 20, pagesPerSegment: 4, endpointsPerPage: 100 });
  const [run, map] = [await world.closedRun(), await world.maps.read('sms', 1)];
  const alert = await world.runs.readAlert('eq1', 1);
  if (!run || !alert) throw new Error('the run is not there');
  const report = reportAlert(alert, [{ run, map, ledger: await readRunLedger(run, map, world.ledger) }]);
  expect(report.channels[0]?.orderKept).toBeGreaterThanOrEqual(0.99);
});

test.each([1, 30, 300, 2000])('at a limit of %d a second no second has more', async (ratePerSecond) => {
  const perPage = Math.min(20, Math.max(1, ratePerSecond));
  const world = await closedWorld({ ratePerSecond, endpointsPerPage: perPage, segments: 10, partitions: 40 });
  const times = world.sends.map(({ atMs }) => atMs).sort((a, b) => a - b);
  const busiest = Math.max(...times.map((from, at) => times.slice(at).findIndex((time) => time >= from + 1000)));
  expect(busiest).toBeLessThanOrEqual(ratePerSecond + Math.max(1, 0.05 * ratePerSecond));
});

test('a worker turns to an early warning at its next page', async () => {
  const world = createDispatchWorld({ ratePerSecond: 30, segments: 2, pagesPerSegment: 3, endpointsPerPage: 30 });
  await world.publishMap();
  await world.dispatch();
  const warning = world.clock.sleep(2_500).then(() => world.dispatch({ earthquakeId: 'eq2', type: 'earlyWarning' }));
  await Promise.all([world.finish(), warning]);
  const second = world.ledger.all().filter(({ key }) => key.earthquakeId === 'eq2');
  const firstWarningMs = Math.min(...second.flatMap(({ entries }) => entries.map(({ sentAtMs }) => sentAtMs ?? 0)));
  const startMs = Math.min(...world.sends.map(({ atMs }) => atMs));
  expect(firstWarningMs - startMs).toBeLessThan(2_500 + 2_500);
  expect((await world.closedRun({ earthquakeId: 'eq2' }))?.counts?.accepted).toBe(180);
  expect((await world.closedRun())?.counts?.accepted).toBe(180);
});

test('a worker whose time is up hands back what it has not sent, and others go on', async () => {
  const world = await closedWorld({ ratePerSecond: 10, invocationMs: 14_000, segments: 2 });
  expect(await brokenInvariants(world)).toEqual([]);
  expect((await world.closedRun())?.counts).toMatchObject({ accepted: 60, unknown: 0 });
  expect(world.done.some(({ ended }) => ended === 'timeIsUp')).toBe(true);
});

test('all wake-ups lost: the supervisor wakes others', async () => {
  const world = createDispatchWorld();
  await world.publishMap();
  await world.dispatch();
  for (const queue of world.queues) queue.length = 0;
  await world.finish();
  expect((await world.closedRun())?.counts?.accepted).toBe(120);
  expect(world.clock.monotonicMs()).toBeLessThan(15_000);
});

test('repeating the dispatch of an alert changes nothing', async () => {
  const world = createDispatchWorld();
  await world.publishMap();
  await world.dispatch();
  await world.dispatch({ expiresAtMs: 0 });
  await world.finish();
  await world.dispatch();
  expect(await world.runs.listOpen('sms')).toEqual([]);
  expect((await world.closedRun())?.counts?.accepted).toBe(120);
});

test('a later alert takes an earlier one over: nobody of the earlier one is told after it', async () => {
  const world = createDispatchWorld({ ratePerSecond: 30, segments: 3 });
  await world.publishMap();
  await world.dispatch();
  let cancelledAtMs = 0;
  const cancel = world.clock.sleep(1_500).then(async () => {
    await world.dispatch({ seq: 2, kind: 'cancel' });
    cancelledAtMs = world.clock.wallMs();
  });
  await Promise.all([world.finish(), cancel]);
  const first = (await world.closedRun())?.counts;
  const second = (await world.closedRun({ seq: 2 }))?.counts;
  expect(first).toMatchObject({ considered: 90, unknown: 0 });
  expect(first?.accepted).toBeGreaterThan(0);
  expect(first?.suppressed).toBe(90 - (first?.accepted ?? 0));
  expect(second).toMatchObject({ considered: 90, accepted: first?.accepted });
  const lastOfFirst = Math.max(
    ...world.ledger
      .all()
      .flatMap(({ key, entries }) => (key.seq === 1 ? entries.map(({ sentAtMs }) => sentAtMs ?? 0) : [])),
  );
  expect(lastOfFirst - cancelledAtMs).toBeLessThan(3_000);
});

const anyFaults = (workers: number, calls: number, count: number) =>
  fc.array(
    fc.record({
      worker: fc.nat(workers),
      atCall: fc.integer({ min: 1, max: calls }),
      when: fc.constantFrom('before' as const, 'after' as const),
      pauseMs: fc.option(fc.constantFrom(2_000, 8_000, 20_000), { nil: undefined }),
    }),
    { maxLength: count },
  );
type Plan = { worker: number; atCall: number; when: 'before' | 'after'; pauseMs: number | undefined }[];

const faultsOf = (plan: Plan) => {
  const faults = plan.map(({ pauseMs, ...fault }) => (pauseMs === undefined ? fault : { ...fault, pauseMs }));
  return (worker: number) => faults.find((fault) => fault.worker === worker);
};

async function expectAllWell(options: WorldOptions, isEarly: boolean): Promise<void> {
  const world = await closedWorld({ refusals: 0.1, ...options }, isEarly ? { type: 'earlyWarning' } : {});
  expect(await brokenInvariants(world)).toEqual([]);
  const doubled = [...world.acceptedTimes().values()].filter((times) => times > 1).length;
  if (!isEarly) expect(doubled).toBe(0);
}

test('nobody is missed and nobody told twice but as unknown, whichever worker dies or freezes at whichever call', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.boolean(), anyFaults(9, 160, 4), (seed, isEarly, plan) =>
      expectAllWell({ seed, fault: faultsOf(plan), maxWorkersPerSegment: 2 }, isEarly),
    ),
    { numRuns: 100 },
  );
}, 60_000);

test('the same on two pages that one worker after the other dies or freezes on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.boolean(), anyFaults(12, 60, 12), (seed, isEarly, plan) =>
      expectAllWell({ seed, fault: faultsOf(plan), segments: 1, pagesPerSegment: 2, endpointsPerPage: 4 }, isEarly),
    ),
    { numRuns: 300 },
  );
}, 60_000);

test('without a fault nothing is unknown, however slowly and unevenly the provider answers', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.boolean(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (seed, isEarly, slowness) => {
        const slowestAnswerMs = Math.round(slowness * (isEarly ? 2_400 : 3_900));
        const world = await closedWorld(
          { seed, slowestAnswerMs, provider: { latencyMs: 0 } },
          isEarly ? { type: 'earlyWarning' } : {},
        );
        expect(await brokenInvariants(world)).toEqual([]);
        expect((await world.closedRun())?.counts).toMatchObject({ accepted: 120, unknown: 0 });
      },
    ),
    { numRuns: 50 },
  );
}, 60_000);

test('an alert item never changes once it is stored', async () => {
  const world = createDispatchWorld();
  await world.publishMap();
  await world.dispatch({ region: 'first' });
  await world.dispatch({ region: 'second' });
  expect(await world.runs.readAlert(anAlert().earthquakeId, 1)).toMatchObject({ region: 'first' });
});
