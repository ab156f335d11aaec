import {
  type Alert,
  type Channel,
  createRunWatch,
  type DeadLetter,
  type Dispatched,
  dispatchAlert,
  type Endpoint,
  type EndpointRow,
  epicentralDistanceKm,
  type Page,
  type PartitionedMessage,
  type RunKey,
  type Segment,
  superviseRuns,
  type WakeUp,
  type WorkDone,
  type WorkerPorts,
  work,
} from '@quakewire/core';
import {
  anAlert,
  anEndpoint,
  aSizing,
  createFakeChannel,
  createInMemoryBudgetStore,
  createInMemoryLedger,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
  createSeededRandom,
  createStepClock,
  type FakeChannelOptions,
  type ProviderMode,
  type SeededRandom,
  withInterruptions,
} from '@quakewire/testing';

export interface WorldOptions {
  seed?: number;
  segments?: number;
  pagesPerSegment?: number;
  endpointsPerPage?: number;
  ratePerSecond?: number;
  maxWorkersPerSegment?: number;
  partitions?: number;
  provider?: Partial<FakeChannelOptions>;
  /** Each provider call takes from nothing to so long. */
  slowestAnswerMs?: number;
  /** Half of a store call takes up to so long; 4 if not given. */
  slowestStoreMs?: number;
  /** Share of sends that the provider refuses definitely, for good or for now. */
  refusals?: number;
  /** Changes single endpoints, numbered from 0 in the order of segments and pages. */
  endpoint?: (number: number) => Partial<Endpoint>;
  /** Who has opted out by now. */
  optedOut?: (endpoint: Endpoint) => boolean;
  /** What a worker reads of a stored alert; the alert if not given. */
  readAlert?: (alert: Alert) => Alert;
  /** The number of an endpoint whose row does not parse. */
  unreadableRow?: number;
  /** Faults for the n-th worker that is started, from 0. */
  fault?: (worker: number, random: SeededRandom) => Fault | undefined;
  /** Whether the queue of the dead letters is down at that time, milliseconds since the start. */
  isQueueDown?: (atMs: number) => boolean;
  /** Time that an invocation has. */
  invocationMs?: number;
}

/** When a world has ended. */
interface FinishOptions {
  /** It fails when it takes longer. */
  limitMs?: number;
  /** The earthquake whose run can never be closed. */
  never?: string;
}

/** Something happens to a worker at its n-th call of any port, from 1. */
export interface Fault {
  atCall: number;
  /** Where in that call: before it reaches the other side, or after it was applied there. */
  when: 'before' | 'after';
  /** Undefined: the process dies. Else it is frozen for so long. */
  pauseMs?: number;
}

/** Frozen no longer than this, a worker keeps its pages and no call of it runs out of time. */
const harmlessPauseMs = 2_400;

const silence = { debug() {}, info() {}, warn() {}, error() {} };
const never = <Result>(): Promise<Result> => new Promise(() => {});
const utf8 = { encode: new TextEncoder(), decode: new TextDecoder() };

/** One channel with everything around it in memory: stores, partitions with their pollers, workers and a leader. */
export function createDispatchWorld(options: WorldOptions = {}) {
  const { seed = 1, segments = 4, pagesPerSegment = 3, endpointsPerPage = 10, partitions = 8 } = options;
  const random = createSeededRandom(seed);
  const moods = random.fork('provider');
  const clock = createStepClock();
  const ledger = createInMemoryLedger();
  const runs = createInMemoryRunStore();
  const budgets = createInMemoryBudgetStore(runs);
  const maps = createInMemorySegmentMapStore();
  const { ratePerSecond = 500, maxWorkersPerSegment = 1 } = options;
  const sizing = createInMemorySizingStore(
    aSizing({ activePartitions: partitions, maxWorkersPerSegment, providerRatePerSecond: ratePerSecond }),
  );
  const moodyProvider = (): ProviderMode =>
    moods.chance(options.refusals ?? 0) ? (moods.chance(0.5) ? 'rejecting' : 'throttling') : 'accepting';
  const provider = createFakeChannel({ clock, latencyMs: 50, modeFor: moodyProvider, ...options.provider });
  const queues = Array.from({ length: partitions }, (): PartitionedMessage['message'][] => []);
  const people = buildPeople(segments, pagesPerSegment, endpointsPerPage, options.endpoint);
  const deadLetters: DeadLetter[] = [];
  const done: WorkDone[] = [];
  const errors: string[] = [];
  const calls = new Map<string, number>();
  const sends: { endpointId: string; atMs: number; isHeld: boolean }[] = [];
  let workers = 0;
  let faults = 0;
  let pauses = 0;

  const wakeUps = {
    livePartitions: async () => partitions,
    publish: async (_channel: string, messages: readonly PartitionedMessage[]) => {
      for (const { partition, message } of messages) queues[partition]?.push(message);
    },
  };
  /** The provider as one worker reaches it; notes what is sent on a page that is not the worker's own at that moment. */
  const channelOf = (workerId: string): Channel => ({
    name: 'sms',
    async deliver(notification, signal) {
      const [earthquakeId = '', seq, , segmentId, page] = notification.reference.split('/');
      const key = {
        earthquakeId,
        channel: 'sms' as const,
        seq: Number(seq),
        segmentId: Number(segmentId),
        page: Number(page),
      };
      const send = { endpointId: notification.address, atMs: clock.wallMs(), isHeld: false };
      sends.push(send);
      // The item as it is at this moment, although the answer comes a moment later.
      const item = ledger.read(key);
      send.isHeld = await item.then((found) => found?.state === 'inFlight' && found.owner.startsWith(`${workerId}#`));
      if (options.slowestAnswerMs) await clock.sleep(random.between(0, options.slowestAnswerMs));
      return provider.deliver(notification, signal);
    },
  });
  /** Store calls take a few milliseconds, so that workers mix. */
  const slow = <Port extends object>(port: Port): Port =>
    withInterruptions(port, {
      before: (method) => {
        calls.set(method, (calls.get(method) ?? 0) + 1);
        return clock.sleep(random.between(1, options.slowestStoreMs ?? 4));
      },
      after: () => clock.sleep(random.between(1, options.slowestStoreMs ?? 4)),
    });
  const readAlert: typeof runs.readAlert = async (earthquakeId, seq) => {
    const alert = await runs.readAlert(earthquakeId, seq);
    return alert && options.readAlert ? options.readAlert(alert) : alert;
  };
  const unreadable = people.endpoints[options.unreadableRow ?? -1];
  const asRow = (endpoint: Endpoint): EndpointRow =>
    endpoint === unreadable
      ? { sortKey: endpoint.id, endpointId: endpoint.id, unreadable: 'language' }
      : { sortKey: endpoint.id, endpoint: options.optedOut?.(endpoint) ? { ...endpoint, optedOut: true } : endpoint };
  const shared: Omit<WorkerPorts, 'channel'> = {
    runs: slow({ ...runs, readAlert }),
    maps: slow(maps),
    ledger: slow(ledger),
    budgets: slow(budgets),
    endpoints: slow({
      readRange: async (_channel, range) => (people.rows.get(range.cell) ?? []).map(asRow),
      readRows: async (_channel, keys) =>
        keys.flatMap(({ cell, endpointId }) =>
          (people.rows.get(cell) ?? []).filter(({ id }) => id === endpointId).map(asRow),
        ),
    }),
    deadLetters: {
      async send(letter) {
        if (options.isQueueDown?.(clock.monotonicMs())) throw new Error('the queue is down');
        deadLetters.push(letter);
      },
    },
    clock,
    storeTime: clock.wallMs,
    random: random.fork('jitter').next,
    log: { ...silence, error: (_fields, message) => void errors.push(message) },
    openAddress(sealed) {
      if (sealed.length === 0) throw new Error('the address cannot be opened');
      return utf8.decode.decode(sealed);
    },
    concerns: (endpoint) => endpoint.minimumIntensity < 5,
    renderText(_alert, { language }) {
      if (language === '') throw new Error('there are no words in no language');
      return { subject: 'earthquake', text: 'earthquake' };
    },
  };

  async function startWorker(wakeUp: WakeUp): Promise<void> {
    const number = workers++;
    const fault = options.fault?.(number, random);
    if (fault && (fault.pauseMs ?? Number.POSITIVE_INFINITY) > harmlessPauseMs) faults++;
    if (fault?.pauseMs !== undefined) pauses++;
    const endsAtMs = clock.monotonicMs() + (options.invocationMs ?? 120_000);
    const workerId = `w${number}`;
    const shift = { workerId, remainingMs: () => endsAtMs - clock.monotonicMs() };
    const whole = { ...shared, channel: channelOf(workerId) };
    const { ports, crashed } = fault ? withFault(whole, fault) : { ports: whole, crashed: never<void>() };
    const result = await Promise.race([work(wakeUp, shift, ports), crashed]);
    if (result) done.push(result);
  }

  async function poll(partition: number, isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const message = queues[partition]?.shift();
      if (message?.type === 'wakeUp') await startWorker(message);
      else await clock.sleep(20);
    }
  }

  async function lead({ limitMs = 300_000, never }: FinishOptions): Promise<void> {
    const watch = createRunWatch();
    const endsAtMs = clock.monotonicMs() + limitMs;
    for (;;) {
      await superviseRuns(['sms'], watch, { ...shared, sizing, wakeUps });
      const open = await runs.listOpen('sms');
      if (open.every(({ earthquakeId }) => earthquakeId === never)) return;
      if (clock.monotonicMs() > endsAtMs) throw new Error('the run is not closed in time');
      await clock.sleep(2_000);
    }
  }

  return {
    clock,
    ledger,
    runs,
    maps,
    people: people.endpoints,
    provider,
    sends,
    deadLetters,
    errors,
    /** Store calls of all workers, by method. */
    calls,
    done,
    queues,
    /** Faults so far that may leave somebody's fate unknown. */
    faults: () => faults,
    pauses: () => pauses,
    publishMap: () => maps.publish({ channel: 'sms', version: 1, segments: people.segments }),
    dispatch: (changes: Partial<Alert> = {}): Promise<Dispatched[]> => {
      const alert = anAlert({ issuedAtMs: clock.wallMs(), expiresAtMs: clock.wallMs() + 600_000, ...changes });
      const request = { alert, channels: ['sms' as const], pinnedMaps: { sms: 1 } };
      return dispatchAlert(request, { runs, maps, budgets, sizing, wakeUps, clock });
    },
    /** Runs everything until no run is open any more and all workers have ended. */
    async finish(until: FinishOptions = {}): Promise<void> {
      let isOver = false;
      const pollers = queues.map((_, partition) => poll(partition, () => isOver));
      const led = lead(until).finally(() => {
        isOver = true;
      });
      await clock.until(led);
      await clock.until(Promise.all(pollers));
    },
    closedRun: (key: Partial<RunKey> = {}) => runs.read({ earthquakeId: 'eq1', seq: 1, channel: 'sms', ...key }),
    /** How often the provider accepted a message for each endpoint that got one. */
    acceptedTimes(): Map<string, number> {
      const times = new Map<string, number>();
      for (const { address } of provider.accepted) times.set(address, (times.get(address) ?? 0) + 1);
      return times;
    },
  };
}
export type DispatchWorld = ReturnType<typeof createDispatchWorld>;

/** Segments in a row, each farther from the epicentre; one page has one cell of its own. */
function buildPeople(segments: number, pages: number, perPage: number, change?: (number: number) => Partial<Endpoint>) {
  const rows = new Map<string, Endpoint[]>();
  const endpoints: Endpoint[] = [];
  const epicentre = anAlert().hypocentre;
  const built = Array.from({ length: segments }, (_, id): Segment => {
    const placed = Array.from({ length: pages }, (_, page): Page => {
      const place = { latitude: epicentre.latitude + 0.3 * (id + 1) + 0.02 * page, longitude: epicentre.longitude };
      const cell = `${String(id).padStart(3, '0')}${page}`;
      const here = Array.from({ length: perPage }, (): Endpoint => {
        const number = endpoints.length;
        const { id: endpointId } = anEndpoint(number);
        const endpoint = anEndpoint(number, {
          ...place,
          sealedAddress: utf8.encode.encode(endpointId),
          ...change?.(number),
        });
        endpoints.push(endpoint);
        return endpoint;
      });
      rows.set(cell, here);
      return { range: { cell, from: '', to: '~' }, centre: place, endpoints: perPage };
    });
    const centre = placed[0]?.centre ?? epicentre;
    return { id, centre, radiusKm: epicentralDistanceKm(centre, placed.at(-1)?.centre ?? centre), pages: placed };
  });
  return { rows, endpoints, segments: built };
}

/** A worker's ports as they are until its fault: then nothing answers any more, or nothing for a while. */
function withFault(ports: WorkerPorts, fault: Fault): { ports: WorkerPorts; crashed: Promise<void> } {
  const { clock } = ports;
  let calls = 0;
  let frozen: Promise<void> = Promise.resolve();
  let crash = (): void => {};
  const crashed = new Promise<void>((resolve) => {
    crash = resolve;
  });
  const strike = (): Promise<void> => {
    if (fault.pauseMs === undefined) crash();
    frozen = fault.pauseMs === undefined ? never() : clock.sleep(fault.pauseMs);
    return frozen;
  };
  const wrap = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name, receiver) {
        const method = Reflect.get(target, name, receiver);
        if (typeof method !== 'function' || name === 'monotonicMs' || name === 'wallMs') return method;
        return (...parameters: unknown[]) => {
          const isHere = ++calls === fault.atCall;
          const apply = () => method.apply(target, parameters);
          // Nothing is awaited before a call that is not hit: a worker's own order of calls stays what it is.
          const answer = isHere && fault.when === 'before' ? strike().then(apply) : apply();
          return Promise.resolve(answer).then(
            async (value) => {
              if (isHere && fault.when === 'after') await strike();
              await frozen;
              return value;
            },
            async (error) => {
              await frozen;
              throw error;
            },
          );
        };
      },
    });
  /** A frozen process's timers ring when it thaws. */
  const startTimer = (ms: number, action: () => void): (() => void) => {
    let isOff = false;
    const callOff = clock.startTimer(ms, () => void frozen.then(() => void (isOff || action())));
    return () => {
      isOff = true;
      callOff();
    };
  };
  const wrapped = {
    ...ports,
    clock: { ...wrap(clock), startTimer },
    channel: wrap(ports.channel),
    deadLetters: wrap(ports.deadLetters),
  };
  const stores = {
    runs: wrap(ports.runs),
    maps: wrap(ports.maps),
    ledger: wrap(ports.ledger),
    budgets: wrap(ports.budgets),
  };
  return { ports: { ...wrapped, ...stores, endpoints: wrap(ports.endpoints) }, crashed };
}
