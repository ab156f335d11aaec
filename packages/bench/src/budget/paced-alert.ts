import {
  type Channel,
  dispatchAlert,
  type Endpoint,
  type Ledger,
  pageSize,
  type Segment,
  slotCount,
  type WorkerPorts,
  work,
} from '@quakewire/core';
import {
  anAlert,
  anEndpoint,
  aSizing,
  createInMemoryBudgetStore,
  createInMemoryLedger,
  createInMemoryRunStore,
  createInMemorySegmentMapStore,
  createInMemorySizingStore,
  createSeededRandom,
  createStepClock,
  type SeededRandom,
  withInterruptions,
} from '@quakewire/testing';
import { createInProcessTopic } from '../in-process-topic.ts';
import { workUntilClosed } from '../work-until-closed.ts';

export interface PacedAlert {
  /** When each message reached the sink, ascending, milliseconds on the virtual clock. */
  arrivalsMs: readonly number[];
  /** When the last page was claimed: until then there was work for everybody. */
  workLeftUntilMs: number;
  /** Workers that sent something. */
  workers: number;
}

/** What is not ideal: each is drawn evenly from nothing to so long. */
const latestTimerMs = 4;
const longestHalfOfStoreCallMs = 4;
const longestWayToSinkMs = 20;
const answerMs = 50;
const invocationMs = 120_000;
const pagesPerSegment = 4;
const silence = { debug() {}, info() {}, warn() {}, error() {} };

/** One alert by SMS to so many people at so many messages a second: the product's code on virtual time. */
export async function sendPacedAlert(ratePerSecond: number, messages: number, seed: number): Promise<PacedAlert> {
  const random = createSeededRandom(seed);
  const virtual = createStepClock();
  const clock = {
    ...virtual,
    sleep: (ms: number, signal?: AbortSignal) => virtual.sleep(ms + random.next() * latestTimerMs, signal),
  };
  // Half as many again as slots: some workers find none free, as in the field.
  const partitions = Math.ceil(1.5 * slotCount(ratePerSecond)) + 1;
  const topic = createInProcessTopic(partitions, clock);
  const { segments, rows } = buildPages(messages, pageSize(ratePerSecond));
  const sink = createSink(clock, random);
  const runs = createInMemoryRunStore();
  const maps = createInMemorySegmentMapStore();
  const budgets = createInMemoryBudgetStore(runs);
  const sizing = createInMemorySizingStore(
    aSizing({ activePartitions: partitions, providerRatePerSecond: ratePerSecond }),
  );
  await maps.publish({ channel: 'sms', version: 1, segments });
  const store = <Port extends object>(port: Port): Port => {
    const half = () => clock.sleep(random.next() * longestHalfOfStoreCallMs);
    return withInterruptions(port, { before: half, after: half });
  };
  const { ledger, lastClaimAtMs } = noteClaims(createInMemoryLedger(), clock.monotonicMs);
  const ports: WorkerPorts = {
    runs: store(runs),
    maps: store(maps),
    ledger: store(ledger),
    budgets: store(budgets),
    endpoints: store({
      readRange: async (_channel, { cell }) =>
        (rows.get(cell) ?? []).map((endpoint) => ({ sortKey: endpoint.id, endpoint })),
      // Nobody is handed over here.
      readRows: async () => [],
    }),
    channel: sink.channel,
    deadLetters: { send: async () => undefined },
    clock,
    storeTime: clock.wallMs,
    random: random.next,
    log: silence,
    openAddress: () => '+40700000001',
    concerns: () => true,
    renderText: () => ({ subject: 'earthquake', text: 'earthquake' }),
  };
  let started = 0;
  let workers = 0;
  const startWorker = async (wakeUp: Parameters<typeof work>[0]): Promise<void> => {
    const endsAtMs = clock.monotonicMs() + invocationMs;
    const shift = { workerId: `w${started++}`, remainingMs: () => endsAtMs - clock.monotonicMs() };
    const { sends } = await work(wakeUp, shift, ports);
    if (sends > 0) workers++;
  };
  const leading = { ...ports, budgets: store(budgets), maps: store(maps), sizing, wakeUps: topic.wakeUps };
  const everything = async (): Promise<void> => {
    const nowMs = clock.wallMs();
    const alert = anAlert({ issuedAtMs: nowMs, expiresAtMs: nowMs + 3_600_000 });
    await dispatchAlert({ alert, channels: ['sms'], pinnedMaps: { sms: 1 } }, leading);
    await workUntilClosed('sms', topic, startWorker, leading, 600_000);
  };
  await virtual.until(everything());
  return { arrivalsMs: sink.arrivalsMs.sort((a, b) => a - b), workLeftUntilMs: lastClaimAtMs(), workers };
}

function createSink(clock: WorkerPorts['clock'], random: SeededRandom) {
  const arrivalsMs: number[] = [];
  const channel: Channel = {
    name: 'sms',
    async deliver() {
      await clock.sleep(random.next() * longestWayToSinkMs);
      arrivalsMs.push(clock.monotonicMs());
      await clock.sleep(answerMs);
      return { outcome: 'accepted', messageId: `SM${String(arrivalsMs.length).padStart(32, '0')}` };
    },
  };
  return { arrivalsMs, channel };
}

function noteClaims(ledger: Ledger, nowMs: () => number) {
  let lastMs = 0;
  const noting: Ledger = {
    ...ledger,
    async claim(...parameters) {
      const claim = await ledger.claim(...parameters);
      if (claim.applied) lastMs = nowMs();
      return claim;
    },
  };
  return { ledger: noting, lastClaimAtMs: () => lastMs };
}

/** Full pages, each a cell of its own, in segments of a few. */
function buildPages(endpoints: number, endpointsPerPage: number) {
  const rows = new Map<string, Endpoint[]>();
  const segments: Segment[] = [];
  const centre = { latitude: 41.0082, longitude: 28.9784 };
  for (let from = 0; from < endpoints; from += endpointsPerPage) {
    const size = Math.min(endpointsPerPage, endpoints - from);
    const cell = `c${rows.size}`;
    if (rows.size % pagesPerSegment === 0) segments.push({ id: segments.length, centre, radiusKm: 10, pages: [] });
    rows.set(
      cell,
      Array.from({ length: size }, (_, at) => anEndpoint(from + at)),
    );
    const last = segments.length - 1;
    const segment = segments[last] as Segment;
    const page = { range: { cell, from: '', to: '~' }, centre, endpoints: size };
    segments[last] = { ...segment, pages: [...segment.pages, page] };
  }
  return { segments, rows };
}
