import {
  aBulletin,
  anApproval,
  anEndpoint,
  aPolicy,
  aRequest,
  createInMemoryRequests,
  operators,
  originTimeMs,
} from '@quakewire/testing';
import fc from 'fast-check';
import type { Bulletin } from '../src/earthquake/bulletin.ts';
import { renderText } from '../src/message/render-text.ts';
import { carryOutRequests } from '../src/operator/carry-out.ts';
import type { Asked, Solution } from '../src/operator/request.ts';
import type { RequestEnd } from '../src/operator/request-store.ts';
import { createReceivingWorld } from './receiving-world.ts';

const silent = (): void => undefined;
const [ana, ion] = operators;
const { solution } = aRequest().asked as Extract<Asked, { kind: 'issue' }>;
const issue: Asked = { kind: 'issue', originTimeMs, solution };
const usgs = (changes: Partial<Bulletin> = {}): Bulletin => aBulletin(changes);

/** The leader with its list of requests; each ask is approved by a second person. */
function createOperatorsWorld() {
  const world = createReceivingWorld();
  const requests = createInMemoryRequests();
  let count = 0;
  const pass = (): Promise<void> =>
    carryOutRequests({
      requests,
      earthquakes: world.store,
      receive: world.receive,
      storeNow: () => world.nowMs,
      policy: async () => world.policy,
      logger: { debug: silent, info: silent, warn: silent, error: silent },
    });
  return Object.assign(world, {
    requests,
    pass,
    async ask(asked: Asked): Promise<RequestEnd | undefined> {
      count += 1;
      world.nowMs += 1_000;
      const request = aRequest({ id: `request-${count}`, asked, requestedBy: ana, requestedAtMs: world.nowMs });
      await requests.put(request);
      await requests.approve(anApproval({ request, approvedBy: ion, approvedAtMs: world.nowMs }));
      await pass();
      return (await requests.listEnded(1))[0]?.end;
    },
    newest: () => world.dispatched.at(-1)?.alert,
  });
}
type OperatorsWorld = ReturnType<typeof createOperatorsWorld>;

async function issued(world: OperatorsWorld, asked: Asked = issue): Promise<string> {
  const end = await world.ask(asked);
  if (end?.what !== 'dispatched') throw new Error('not dispatched');
  return end.earthquakeId;
}

describe('operators', () => {
  it('tell of an earthquake when feeds are down, as a notification without a countdown, and correct it', async () => {
    const world = createOperatorsWorld();
    world.nowMs = originTimeMs + 10_000;
    const earthquakeId = await issued(world);
    expect(world.newest()).toMatchObject({ kind: 'alert', type: 'notification', exercise: false, magnitude: 6.2 });
    expect(await world.ask({ kind: 'update', earthquakeId, solution: { ...solution, magnitude: 5.1 } })).toEqual({
      ...{ what: 'dispatched', earthquakeId, seq: 2 },
    });
    expect(await world.ask({ kind: 'allClear', earthquakeId })).toMatchObject({ what: 'dispatched', seq: 3 });
    expect(await world.ask({ kind: 'allClear', earthquakeId })).toEqual({ what: 'nobody', why: 'over' });
    expect(await world.ask({ kind: 'cancel', earthquakeId })).toMatchObject({ what: 'dispatched', seq: 4 });
    expect(world.told()).toEqual(['alert M6.2', 'update M5.1', 'allClear M5.1', 'cancel M5.1']);
  });

  it('stand in for a source, not for policy', async () => {
    const world = createOperatorsWorld();
    const ask = (changes: Partial<Solution>) => world.ask({ ...issue, solution: { ...solution, ...changes } });
    expect(await ask({ magnitude: 4.3 })).toEqual({ what: 'nobody', why: 'magnitudeTooSmall' });
    world.policy = aPolicy({ regions: { RO: { mode: 'off', area: { south: 43, north: 49, west: 20, east: 30 } } } });
    expect(await ask({})).toEqual({ what: 'nobody', why: 'feltInNoRegion' });
    expect(await world.ask({ kind: 'update', earthquakeId: 'nothing', solution })).toEqual({
      ...{ what: 'nobody', why: 'noSuchEarthquake' },
    });
    expect(world.told()).toEqual([]);
  });

  it('tell nobody twice: what a feed has told already, and what a feed tells later, is the same earthquake', async () => {
    const world = createOperatorsWorld();
    await world.receive(usgs());
    expect(await world.ask(issue)).toEqual({ what: 'nobody', why: 'alreadyAlerted' });
    const later = createOperatorsWorld();
    const earthquakeId = await issued(later);
    expect(await later.receive(usgs({ magnitude: 6.3 }))).toEqual({ none: 'alreadyAlerted', earthquakeId });
    await later.receive(usgs({ magnitude: 7.1, status: 'reviewed', version: originTimeMs + 90_000 }));
    expect(later.told()).toEqual(['alert M6.2', 'update M7.1']);
  });

  it('stop what a feed tells for good: no later version and no other source starts it again', async () => {
    const world = createOperatorsWorld();
    await world.receive(usgs({ magnitude: 5.9 }));
    const { earthquakeId } = world.newest() ?? { earthquakeId: '' };
    const request = aRequest({ asked: { kind: 'cancel', earthquakeId }, requestedAtMs: world.nowMs });
    await world.requests.put(request);
    await world.pass();
    await world.receive(usgs({ magnitude: 6.9, version: originTimeMs + 90_000, status: 'reviewed' }));
    await world.receive(usgs({ source: 'emsc', id: 'emsc1', ids: ['emsc1'], magnitude: 6.5 }));
    expect(world.told()).toEqual(['alert M5.9', 'cancel M5.9']);
    expect(await world.requests.listEnded(1)).toMatchObject([{ request, end: { what: 'dispatched', seq: 2 } }]);
  });

  it('stop what nobody was told of yet, too', async () => {
    const world = createOperatorsWorld();
    await world.receive(usgs({ magnitude: 4.4 }));
    const [earthquake] = world.store.all();
    expect(await world.ask({ kind: 'cancel', earthquakeId: earthquake?.id ?? '' })).toEqual({
      ...{ what: 'nobody', why: 'deleted' },
    });
    await world.receive(usgs({ magnitude: 6.9, version: originTimeMs + 90_000, status: 'reviewed' }));
    expect(world.told()).toEqual([]);
  });

  it('start again what they stopped, and two of them', async () => {
    const world = createOperatorsWorld();
    const earthquakeId = await issued(world);
    await world.ask({ kind: 'cancel', earthquakeId });
    await world.ask({ kind: 'update', earthquakeId, solution });
    expect(world.told()).toEqual(['alert M6.2', 'cancel M6.2', 'alert M6.2']);
  });

  it('are carried out once, and recorded truly, wherever a pass dies', async () => {
    const world = createOperatorsWorld();
    world.failDispatch = true;
    await expect(world.ask(issue)).rejects.toThrow('not ended yet');
    world.failDispatch = false;
    await world.pass();
    const { end } = world.requests;
    world.requests.end = async () => {
      throw new Error('died');
    };
    await expect(world.ask({ ...issue, originTimeMs: originTimeMs - 300_000 })).rejects.toThrow('not ended yet');
    world.requests.end = end;
    await world.pass();
    expect(world.told()).toEqual(['alert M6.2', 'alert M6.2']);
    expect((await world.requests.listEnded(5)).map((ended) => ended.end.what)).toEqual(['dispatched', 'dispatched']);
    await world.pass();
    expect(world.dispatched).toHaveLength(2);
  });

  it('do not keep one another’s requests: what cannot be ended is tried again, the rest is done', async () => {
    const world = createOperatorsWorld();
    await world.requests.put(aRequest({ id: 'a', asked: { kind: 'cancel', earthquakeId: 'broken' } }));
    const { read } = world.store;
    world.store.read = async (id) => {
      if (id === 'broken') throw new Error('unreadable');
      return read(id);
    };
    await expect(world.ask(issue)).rejects.toThrow('1 requests');
    expect(world.told()).toEqual(['alert M6.2']);
  });
});

describe('drills', () => {
  const drill: Asked = { kind: 'drill', startAtMs: originTimeMs + 65_000, country: 'TR', solution };
  const words: Readonly<Record<string, RegExp>> = { en: /^EXERCISE/, ro: /^EXERCI/ };

  it('take the way of an alert, as an early warning where it is one, and are stopped by one person', async () => {
    const world = createOperatorsWorld();
    const earthquakeId = await issued(world, drill);
    expect(world.newest()).toMatchObject({ kind: 'alert', type: 'earlyWarning', exercise: true });
    await world.requests.put(aRequest({ asked: { kind: 'cancel', earthquakeId }, requestedAtMs: world.nowMs }));
    await world.pass();
    expect(world.newest()).toMatchObject({ kind: 'cancel', exercise: true });
    expect(await world.ask({ kind: 'update', earthquakeId, solution })).toEqual({ what: 'nobody', why: 'isExercise' });
    expect(await world.ask({ kind: 'allClear', earthquakeId })).toEqual({ what: 'nobody', why: 'isExercise' });
  });

  it('never become real, and nothing real becomes a drill, whatever is asked and heard in whatever order', async () => {
    const anySolution = fc.record({
      latitude: fc.constant(solution.latitude),
      longitude: fc.constant(solution.longitude),
      depthKm: fc.constant(10),
      magnitude: fc.double({ min: 4.5, max: 8, noNaN: true }),
      region: fc.string({ maxLength: 30 }),
    });
    const step = fc.oneof(
      fc.record({ step: fc.constant('drill' as const), solution: anySolution }),
      fc.record({ step: fc.constant('issue' as const), solution: anySolution }),
      fc.record({ step: fc.constantFrom('update' as const), solution: anySolution, which: fc.nat(5) }),
      fc.record({ step: fc.constantFrom('cancel' as const, 'allClear' as const), which: fc.nat(5) }),
      fc.record({
        step: fc.constant('hear' as const),
        exercise: fc.boolean(),
        magnitude: fc.double({ min: 4.5, max: 8, noNaN: true }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = createOperatorsWorld();
        const drills = new Set<string>();
        for (const one of steps) {
          const known = world.store.all().map(({ id }) => id);
          const earthquakeId = 'which' in one ? (known[one.which % Math.max(1, known.length)] ?? 'none') : '';
          const before = world.dispatched.length;
          const isDrill = one.step === 'drill' || (one.step === 'hear' && one.exercise);
          if (one.step === 'drill')
            await world.ask({ ...drill, startAtMs: world.nowMs + 1_000, solution: one.solution });
          else if (one.step === 'issue') await world.ask({ ...issue, solution: one.solution });
          else if (one.step === 'update') await world.ask({ kind: 'update', earthquakeId, solution: one.solution });
          else if (one.step === 'hear')
            await world.receive(usgs({ ...one, id: `f${one.exercise}`, ids: ['us1'], version: world.nowMs }));
          else await world.ask({ kind: one.step, earthquakeId });
          if (isDrill) for (const { alert } of world.dispatched.slice(before)) drills.add(alert.earthquakeId);
        }
        for (const { alert, earthquake } of world.dispatched) {
          expect(alert.exercise).toBe(drills.has(alert.earthquakeId));
          expect(earthquake.bulletins.every(({ exercise }) => exercise === alert.exercise)).toBe(true);
          for (const language of ['en', 'ro']) {
            for (const channel of ['sms', 'email', 'telegram', 'webhook'] as const) {
              const { subject, text } = renderText(alert, anEndpoint(1, { channel, language }), world.nowMs);
              for (const said of [subject, text]) expect((words[language] ?? /$/).test(said)).toBe(alert.exercise);
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
