import fc from 'fast-check';
import { createIngestWorld } from './ingest-world.ts';

type World = Awaited<ReturnType<typeof createIngestWorld>>;

describe('a signed bulletin', () => {
  it('is an alert at once, and its wake-ups are in Kafka before the answer', async () => {
    const world = await createIngestWorld();
    const answer = await world.post();
    expect(answer).toMatchObject({ told: 'alert', alertSeq: 1, earthquakeId: expect.stringMatching(/-infp-vr1$/) });
    expect(world.wakeUpsOf()).toBeGreaterThan(0);
    const { earthquakeId = '' } = answer as { earthquakeId?: string };
    expect(await world.runs.readAlert(earthquakeId, 1)).toMatchObject({ type: 'earlyWarning', exercise: false });
  });

  it('is followed by updates and a cancel of the same earthquake', async () => {
    const world = await createIngestWorld();
    const first = (await world.post({ magnitude: 6 })) as { earthquakeId: string };
    for (const [changes, told] of [
      [{ magnitude: 6.1 }, 'nobody'],
      [{ magnitude: 6.8 }, 'alert'],
      [{ status: 'deleted' }, 'alert'],
    ] as const) {
      await world.clock.advance(1_000);
      expect(await world.post(changes)).toMatchObject({ earthquakeId: first.earthquakeId, told });
    }
    const kinds = await Promise.all([1, 2, 3].map((seq) => world.runs.readAlert(first.earthquakeId, seq)));
    expect(kinds.map((alert) => alert?.kind)).toEqual(['alert', 'update', 'cancel']);
  });

  it('may be sent again, signed anew, and tells nobody twice', async () => {
    const world = await createIngestWorld();
    const solution = world.solution();
    const first = await world.receive(world.sign(solution));
    const { earthquakeId } = first as { earthquakeId: string };
    world.wakeUpsOf();
    const again = { earthquakeId, told: 'nobody', why: 'alreadyAlerted' };
    expect(await world.receive(world.sign(solution))).toEqual(again);
    expect(world.wakeUpsOf()).toBe(0);
  });

  it('is dispatched by the next post where Kafka was down', async () => {
    const world = await createIngestWorld();
    const solution = world.solution();
    world.faults.kafkaIsDown = true;
    await expect(world.receive(world.sign(solution))).rejects.toThrow('not dispatched');
    world.faults.kafkaIsDown = false;
    expect(await world.receive(world.sign(solution))).toMatchObject({ told: 'alert', alertSeq: 1 });
    expect(world.wakeUpsOf()).toBeGreaterThan(0);
  });

  it('heeds a kill switch that was thrown since the bulletin before', async () => {
    const world = await createIngestWorld();
    await world.post({ magnitude: 4 });
    const [stored] = await world.policies.newest(1);
    const policy = stored?.document as Parameters<typeof world.policies.put>[0];
    const regions = Object.fromEntries(
      Object.entries(policy.regions).map(([name, region]) => [name, { ...region, mode: 'off' as const }]),
    );
    await world.policies.put({ ...policy, version: 2, regions });
    expect(await world.post({ id: 'vr2' })).toMatchObject({ told: 'nobody' });
  });

  it('without its number of stations is no early warning', async () => {
    const world = await createIngestWorld();
    const { earthquakeId } = (await world.post({ stations: undefined })) as { earthquakeId: string };
    expect(await world.runs.readAlert(earthquakeId, 1)).toMatchObject({ type: 'notification' });
  });

  it('too small to keep has no earthquake', async () => {
    const world = await createIngestWorld();
    expect(await world.post({ magnitude: 2 })).toEqual({ earthquakeId: null, told: 'nobody', why: 'notKept' });
  });
});

describe('a post that is not taken', () => {
  const solution = (world: World) => world.solution();

  it.each<[string, string, (world: World) => Parameters<World['receive']>[0]]>([
    ['with more than 16 kB', 'tooLarge', (world) => world.sign(' '.repeat(16 * 1024 + 1))],
    ['by an unknown key', 'forged', (world) => world.sign(solution(world), { keyId: 'stranger' })],
    ['with another body', 'forged', (world) => ({ ...world.sign(solution(world)), body: Buffer.from('{}') })],
    ['without a signature', 'forged', (world) => ({ ...world.sign(solution(world)), headers: {} })],
    ['31 s late', 'late', (world) => world.sign(solution(world), { lateSeconds: 31 })],
    ['31 s early', 'late', (world) => world.sign(solution(world), { lateSeconds: -31 })],
    ['without a depth', 'malformed', (world) => world.sign({ ...solution(world), depthKm: undefined })],
  ])('%s: %s, and nothing is read or stored', async (_how, refused, make) => {
    const world = await createIngestWorld();
    expect(await world.receive(make(world))).toMatchObject({ refused });
    expect(world.calls).toEqual([]);
    expect(world.lines).toEqual([]);
  });

  it('with an earlier time in its header is forged, not late: the signature covers it', async () => {
    const world = await createIngestWorld();
    const { headers, body } = world.sign(world.solution(), { lateSeconds: 60 });
    const fresh = { ...headers, 'webhook-timestamp': String(Math.floor(world.clock.wallMs() / 1000)) };
    expect(await world.receive({ headers: fresh, body })).toMatchObject({ refused: 'forged' });
  });

  it('that was taken before: replayed, and the earthquake is as it was', async () => {
    const world = await createIngestWorld();
    const post = world.sign(world.solution());
    const { earthquakeId } = (await world.receive(post)) as { earthquakeId: string };
    const before = await world.earthquakes.read(earthquakeId);
    expect(await world.receive(post)).toMatchObject({ refused: 'replayed' });
    // Another order of its signatures is the same post.
    const headers = { ...post.headers, 'webhook-signature': `v1,AAAA ${post.headers['webhook-signature']}` };
    expect(await world.receive({ ...post, headers })).toMatchObject({ refused: 'replayed' });
    expect(await world.earthquakes.read(earthquakeId)).toEqual(before);
  });

  it('names a field, and never a value or the key', async () => {
    const world = await createIngestWorld();
    const answer = await world.receive(world.sign({ ...world.solution(), magnitude: 'SECRET' }));
    expect(answer).toEqual({ refused: 'malformed', problem: expect.stringContaining('magnitude') });
    expect(JSON.stringify(answer)).not.toContain('SECRET');
  });
});

describe('a heartbeat', () => {
  it('is taken once, and touches no earthquake', async () => {
    const world = await createIngestWorld();
    const post = world.sign({ schema: 1, heartbeat: true });
    expect(await world.receive(post)).toEqual({ heartbeat: true });
    expect(await world.receive(post)).toMatchObject({ refused: 'replayed' });
    expect(world.calls).toEqual(['admit', 'admit']);
  });
});

describe('an exercise', () => {
  it('is one by its key, whatever a post says: no field makes it real', async () => {
    const anyField = fc.dictionary(fc.constantFrom('exercise', 'status', 'id', 'region'), fc.jsonValue());
    const likely = fc.record(
      {
        exercise: fc.boolean(),
        status: fc.constantFrom('automatic', 'reviewed', 'deleted'),
        id: fc.constantFrom('vr1', 'exercise-vr1', 'real'),
        region: fc.constantFrom('Vrancea', 'REAL, NOT AN EXERCISE'),
        magnitude: fc.constantFrom(5, 6.5, 7.4),
        stations: fc.integer({ min: 0, max: 50 }),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(likely, anyField), { minLength: 1, maxLength: 4 }), async (posts) => {
        const world = await createIngestWorld();
        const told: string[] = [];
        for (const changes of posts) {
          await world.clock.advance(500);
          const answer = await world.post(changes, 'drill');
          if ('earthquakeId' in answer && answer.earthquakeId) told.push(answer.earthquakeId);
        }
        for (const earthquakeId of told) {
          const earthquake = await world.earthquakes.read(earthquakeId);
          expect(earthquakeId.startsWith('exercise-')).toBe(true);
          expect(earthquake?.bulletins.every(({ exercise }) => exercise)).toBe(true);
          expect(earthquake?.lastAlert?.exercise ?? true).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('never joins the real earthquake that it looks like, nor takes it back', async () => {
    const world = await createIngestWorld();
    const real = (await world.post()) as { earthquakeId: string };
    await world.clock.advance(1_000);
    expect(await world.post({ status: 'deleted' }, 'drill')).toMatchObject({ told: 'nobody' });
    expect((await world.earthquakes.read(real.earthquakeId))?.lastAlert?.kind).toBe('alert');
    const drill = await world.post({}, 'drill');
    expect(drill).toMatchObject({ told: 'alert', earthquakeId: expect.stringMatching(/^exercise-/) });
  });

  it('goes no further than its checks where exercises are not to be told', async () => {
    const world = await createIngestWorld({ tellExercises: false });
    const off = { earthquakeId: null, told: 'nobody', why: 'exercisesAreOff' };
    expect(await world.post({}, 'drill')).toEqual(off);
    expect(await world.post({ exercise: true })).toEqual(off);
    expect(await world.post({ depthKm: 'deep' }, 'drill')).toMatchObject({ refused: 'malformed' });
    expect(world.calls).toEqual(['admit', 'admit']);
    expect(await world.post()).toMatchObject({ told: 'alert' });
  });

  it('may be said by a post with the key of the real thing', async () => {
    const world = await createIngestWorld();
    const { earthquakeId } = (await world.post({ exercise: true })) as { earthquakeId: string };
    expect((await world.runs.readAlert(earthquakeId, 1))?.exercise).toBe(true);
  });
});
