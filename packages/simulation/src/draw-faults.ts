import type { SeededRandom } from '@quakewire/testing';
import type { Ambiguity, Fault, FaultKind, Role, Spot } from './faults.ts';
import { faultKinds } from './faults.ts';
import type { Scenario } from './scenario.ts';

/** Calls at which most is at stake, each a place where a process may die, freeze or hear nothing. */
const consumerMethods = [
  'ledger.claim',
  'ledger.claim',
  'ledger.claim',
  'ledger.settle',
  'ledger.settle',
  'ledger.settleUnsent',
  'ledger.reclaim',
  'ledger.beat',
  'ledger.markRetry',
  'ledger.markRetry',
  'ledger.takeAsUnknown',
  'ledger.takeForResend',
  'ledger.seal',
  'ledger.sealHandedBack',
  'ledger.giveBack',
  'ledger.addLateTruth',
  'ledger.read',
  'ledger.readSegment',
  'endpoints.readRange',
  'channel.deliver',
  'channel.deliver',
  'channel.deliver',
  'channel.deliver',
  'deadLetters.send',
  'budgets.acquire',
  'budgets.renew',
  'budgets.release',
  'runs.markTaken',
  'runs.markDone',
  'runs.listOpen',
  'ledger.queue',
  'ledger.readQueued',
  'runs.reopen',
] as const;
const producerMethods = [
  'runs.putAlert',
  'runs.open',
  'runs.supersede',
  'budgets.ensure',
  'wakeUps.publish',
  'earthquakes.create',
  'earthquakes.saveRevision',
  'runs.readBoard',
  'runs.close',
  'runs.removeOpen',
  'ledger.readSegment',
  'lease.renew',
  'ledger.queue',
  'runs.reopen',
] as const;
const storeMethods = [
  ...consumerMethods.filter((method) => !/^(channel|deadLetters)/.test(method)),
  ...producerMethods.filter((method) => method !== 'wakeUps.publish'),
];
const ambiguities: readonly Ambiguity[] = [
  'answerLost',
  'answerLost',
  'appliedUnreachable',
  'unreachable',
  'appliedLate',
];

const pick = <Item>(random: SeededRandom, items: readonly Item[]): Item =>
  items[random.between(0, items.length - 1)] as Item;
/** So many different ones. */
function pickSome<Item>(random: SeededRandom, items: readonly Item[], count: number): Item[] {
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(random.between(0, left.length - 1), 1)[0] as Item);
}
/** A whole number from 1 to `most`, the small ones more often. */
const nth = (random: SeededRandom, most: number): number => Math.floor((most + 1) ** random.next());

function spot(random: SeededRandom): Spot {
  const role = random.chance(0.75) ? 'consumer' : 'producer';
  if (random.chance(0.4)) {
    return role === 'consumer'
      ? { role, process: random.between(0, 7), nth: nth(random, 250) }
      : { role, process: random.between(0, 1), nth: nth(random, 120) };
  }
  const method = pick(random, role === 'consumer' ? consumerMethods : producerMethods);
  return { role, method, nth: nth(random, method === 'channel.deliver' ? 300 : 20) };
}

const when = (random: SeededRandom): 'before' | 'after' => (random.chance(0.5) ? 'before' : 'after');
const span = (random: SeededRandom) => ({ fromMs: random.between(0, 6_000), forMs: random.between(200, 6_000) });

const draws: { [Kind in FaultKind]: (random: SeededRandom, scenario: Scenario) => Fault[] } = {
  lost: (random) => several(random, 6, () => ({ kind: 'lost', record: random.between(0, 12) })),
  delayed: (random) =>
    several(random, 4, () => ({ kind: 'delayed', record: random.between(0, 12), byMs: random.between(50, 20_000) })),
  duplicated: (random) =>
    several(random, 4, () => ({
      kind: 'duplicated',
      record: random.between(0, 12),
      afterMs: random.between(0, 9_000),
    })),
  reordered: (random) => several(random, 4, () => ({ kind: 'reordered', record: random.between(1, 12) })),
  crash: (random) => [
    ...several(random, 3, () => ({ kind: 'crash', spot: spot(random), when: when(random) })),
    ...(random.chance(0.2) ? crashTwice(random) : []),
  ],
  pause: (random) => [
    ...several(random, 3, () => ({
      ...{ kind: 'pause', spot: spot(random), when: when(random), forMs: pauseMs(random) },
      clockStops: random.chance(0.5),
    })),
    ...(random.chance(0.6) ? [pick(random, frozen)(random)] : []),
  ],
  clocks: (random) => [
    ...Array.from({ length: 8 }, (_, process): Fault => clock(random, 'consumer', process)),
    ...[0, 1].map((process): Fault => clock(random, 'producer', process)),
  ],
  conflicts: (random) =>
    several(random, 6, () => ({
      kind: 'conflicts',
      method: pick(random, storeMethods),
      nth: nth(random, 30),
      byMs: random.between(20, 900),
    })),
  throttles: (random) =>
    several(random, 2, () => ({ kind: 'throttles', ...span(random), share: pick(random, [0.05, 0.3, 1]) })),
  ambiguous: (random) =>
    several(random, 4, () => ({
      kind: 'ambiguous',
      method: pick(random, storeMethods),
      nth: nth(random, 20),
      as: pick(random, ambiguities),
    })),
  stale: (random) => [{ kind: 'stale', share: pick(random, [0.1, 0.5, 1]), byMs: random.between(20, 1_500) }],
  'provider-timeouts': (random) => [
    { kind: 'provider-timeouts', ...span(random), share: pick(random, [0.02, 0.2, 1]), accepts: random.next() },
  ],
  'provider-throttles': (random) => [
    { kind: 'provider-throttles', ...span(random), share: pick(random, [0.05, 0.5, 1]), ...anyWait(random) },
  ],
  'provider-errors': (random) => [
    { kind: 'provider-errors', ...span(random), share: pick(random, [0.05, 0.5, 1]), ...anyWait(random) },
  ],
  'slow-answers': (random) => [
    {
      kind: 'slow-answers',
      ...span(random),
      share: pick(random, [0.05, 0.3, 1]),
      byMs: random.between(300, 5_000),
    },
  ],
  'two-producers': (random) => [{ kind: 'two-producers', atMs: random.between(0, 2_000) }],
  'new-map': (random) => [
    {
      kind: 'new-map',
      atMs: random.between(0, 6_000),
      pageEndpoints: random.between(8, 40),
      segmentEndpoints: random.between(40, 150),
    },
  ],
  'new-sizing': (random) => [
    {
      kind: 'new-sizing',
      atMs: random.between(0, 6_000),
      maxWorkersPerSegment: random.between(1, 4),
      ratePerSecond: pick(random, [60, 200, 500]),
      activePartitions: random.between(1, 6),
    },
  ],
  update: (random) => [{ kind: 'update', atMs: mid(random) }],
  cancel: (random) => [{ kind: 'cancel', atMs: mid(random) }],
  stop: (random, { channels }) =>
    Array.from({ length: random.between(2, 4) }, () => ({
      kind: 'stop',
      atMs: random.between(500, 8_000),
      share: pick(random, [0.05, 0.4]),
      channel: pick(random, channels),
    })),
  'several-runs': (random) =>
    several(random, 2, () => ({
      ...{ kind: 'several-runs', atMs: mid(random) },
      type: random.chance(0.6) ? 'earlyWarning' : 'notification',
    })),
  // Each makes two alerts to everybody.
  bulletins: (random) =>
    Array.from({ length: random.chance(0.2) ? 2 : 1 }, () => ({
      ...{ kind: 'bulletins', atMs: mid(random), laterMs: random.between(500, 9_000) },
      later: random.chance(0.5) ? 'stronger' : 'deleted',
    })),
  receipts: (random) => [
    {
      ...{ kind: 'receipts', share: pick(random, [0.1, 0.5, 1]), undelivered: pick(random, [0.1, 0.5]) },
      ...{ again: pick(random, [0, 0.3]), withinMs: random.between(500, 15_000) },
    },
  ],
  replay: (random) => several(random, 3, () => ({ kind: 'replay', atMs: random.between(2_000, 25_000) })),
};

/** What a provider says of when to come back: nothing, soon, or later than anybody waits. */
const anyWait = (random: SeededRandom): { retryAfterMs?: number } =>
  pick(random, [{}, { retryAfterMs: random.between(100, 4_000) }, { retryAfterMs: 30_000 }]);

/** Too short to lose a page; longer than a hold, not long enough for others to take over; longer than that. */
const pauseMs = (random: SeededRandom): number =>
  pick(random, [random.between(200, 4_000), random.between(4_000, 11_000), random.between(11_000, 40_000)]);

/** The leader, for longer than its hold, while alerts are made. */
function frozenLeader(random: SeededRandom): Fault {
  return {
    ...{ kind: 'pause', spot: { role: 'producer', process: 0, nth: nth(random, 120) }, when: when(random) },
    ...{ forMs: random.between(6_500, 30_000), clockStops: random.chance(0.5) },
  };
}

/** Freezes at the worst moments. */
const frozen: readonly ((random: SeededRandom) => Fault)[] = [
  frozenLeader,
  // A sender in mid-page, for longer than its hold, not long enough for others to take the page.
  (random) => ({
    ...{ kind: 'pause', spot: { role: 'consumer', method: 'channel.deliver', nth: nth(random, 250) } },
    ...{ when: when(random), forMs: random.between(4_000, 11_500), clockStops: random.chance(0.5) },
  }),
  // Whoever has read a page's rows and not claimed it yet: they grow old.
  (random) => ({
    ...{
      kind: 'pause',
      spot: { role: 'consumer', method: 'endpoints.readRange', nth: nth(random, 30) },
      when: 'after',
    },
    ...{ forMs: random.between(5_500, 20_000), clockStops: random.chance(0.5) },
  }),
  // Whoever claimed a page and has not heard of it, until others have taken it.
  (random) => ({
    ...{ kind: 'pause', spot: { role: 'consumer', method: 'ledger.claim', nth: nth(random, 30) }, when: 'after' },
    ...{ forMs: random.between(11_000, 40_000), clockStops: random.chance(0.5) },
  }),
];

/** Each harmless alone, the worst together. */
const together: readonly ((random: SeededRandom, scenario: Scenario) => Fault[])[] = [
  // An early warning comes while lesser work waits for its next attempts.
  (random) => [
    { kind: 'provider-errors', fromMs: 0, forMs: 12_000, share: 0.35, retryAfterMs: random.between(2_500, 4_000) },
    { kind: 'several-runs', atMs: random.between(800, 4_000), type: 'earlyWarning' },
  ],
  // A holder dies between two attempts, when some on its page have had their last one and others have not.
  (random) => [
    { kind: 'provider-errors', fromMs: 0, forMs: 8_000, share: 0.1, retryAfterMs: 30_000 },
    { kind: 'provider-errors', fromMs: 0, forMs: 8_000, share: 0.4 },
    { kind: 'crash', spot: { role: 'consumer', method: 'ledger.markRetry', nth: nth(random, 8) }, when: 'after' },
  ],
  // People opt out while whoever is to tell them is frozen.
  (random, scenario) => [...draws.stop(random, scenario), pick(random, frozen)(random), pick(random, frozen)(random)],
  // The leader freezes while another earthquake is heard of.
  (random) => [
    { kind: 'several-runs', atMs: mid(random), type: 'notification' },
    ...several(random, 3, () => frozenLeader(random)),
  ],
  // Somebody dies or freezes while endpoints are handed over, some of which a receipt may still refute.
  (random, scenario) => [
    handingOver(random),
    ...several(random, 4, () => strikeAt(random, 'consumer', handOverMethods, 8)),
    ...(random.chance(0.5) ? draws.receipts(random, scenario) : []),
  ],
  // A cancel comes when some were told by their backup.
  (random) => [handingOver(random), { kind: 'cancel', atMs: random.between(2_000, 9_000) }],
  // Whoever records receipts freezes between asking for a later alert and the change, and a cancel comes. Few receipts: a
  // page that others change meanwhile is asked for again.
  (random) => [
    {
      ...{ kind: 'receipts', share: pick(random, [0.05, 0.1]), undelivered: 0.9 },
      ...{ again: 0, withinMs: random.between(1_500, 4_000) },
    },
    { kind: 'cancel', atMs: random.between(3_000, 8_000) },
    ...several(random, 12, () => ({
      ...{ kind: 'pause', spot: { role: 'aside', method: 'ledger.amend', nth: random.between(1, 10) } },
      ...{ when: 'before', forMs: random.between(6_000, 20_000), clockStops: false },
    })),
  ],
  // The leader freezes as it closes a run, and a receipt hands somebody over to it meanwhile. Few receipts: the next one would
  // open the run again.
  (random) => [
    {
      ...{ kind: 'receipts', share: pick(random, [0.03, 0.06]), undelivered: 0.5 },
      ...{ again: 0, withinMs: random.between(3_000, 10_000) },
    },
    ...Array.from({ length: 4 }, (): Fault => {
      const spot: Spot = { role: 'producer', method: 'runs.close', nth: random.between(1, 4) };
      return { kind: 'pause', spot, when: 'before', forMs: random.between(3_000, 8_000), clockStops: false };
    }),
  ],
  // Dead letters were kept and their page never said so; they are replayed, by somebody who dies.
  (random) => [
    handingOver(random),
    ...several(random, 3, () => strikeAt(random, 'consumer', ['deadLetters.send', 'ledger.settle'], 6)),
    ...[8_000, 25_000].map((atMs): Fault => ({ kind: 'replay', atMs: atMs + random.between(0, 5_000) })),
    ...several(random, 3, () => strikeAt(random, 'aside', asideMethods, 6)),
  ],
];

const handOverMethods = ['ledger.settle', 'ledger.settle', 'ledger.readQueued', 'ledger.queue', 'runs.reopen'];
const asideMethods = ['ledger.read', 'ledger.amend', 'ledger.readQueued', 'ledger.queue', 'runs.reopen'];

/** Some calls fail, and are to be tried again later than any holder waits; so few do not open the breaker. */
const handingOver = (random: SeededRandom): Fault => ({
  ...{ kind: 'provider-errors', fromMs: 0, forMs: 20_000, retryAfterMs: 30_000 },
  share: pick(random, [0.05, 0.17]),
});

function strikeAt(random: SeededRandom, role: Role, methods: readonly string[], most: number): Fault {
  const spot: Spot = { role, method: pick(random, methods), nth: nth(random, most) };
  return random.chance(0.6)
    ? { kind: 'crash', spot, when: when(random) }
    : { kind: 'pause', spot, when: when(random), forMs: pauseMs(random), clockStops: random.chance(0.5) };
}

/** A process dies in mid-page, and the one that takes the page over to send once more dies as well. */
const crashTwice = (random: SeededRandom): Fault[] => [
  { kind: 'crash', spot: { role: 'consumer', method: 'channel.deliver', nth: nth(random, 200) }, when: 'after' },
  { kind: 'crash', spot: { role: 'consumer', method: 'ledger.takeForResend', nth: nth(random, 3) }, when: 'after' },
];

const mid = (random: SeededRandom): number => 1_000 + Math.ceil(9_000 * random.next() ** 2);

const clock = (random: SeededRandom, role: 'consumer' | 'producer', process: number): Fault => ({
  kind: 'clocks',
  role,
  process,
  offsetMs: random.between(-30_000, 30_000),
  storeOffsetMs: random.between(-1_000, 1_000),
});

const several = (random: SeededRandom, most: number, draw: () => Fault): Fault[] =>
  Array.from({ length: nth(random, most) }, draw);

/** Everybody is told again: such a seed takes as long as two or three others, so it comes half as often. */
const furtherAlerts: ReadonlySet<FaultKind> = new Set(['update', 'cancel', 'several-runs', 'bulletins']);

/**
 * What goes wrong in a seed: of some kinds, or of one kind only, always. Few kinds make a seed short, and its failure easy to
 * read; what breaks by many at once is still among any hundred seeds.
 */
export function drawFaults(random: SeededRandom, scenario: Scenario, only?: FaultKind): Fault[] {
  if (only) return draws[only](random, scenario);
  const drawn = random.chance(0.05) ? [] : pickSome(random, faultKinds, random.between(1, 4));
  const kinds = drawn.filter((kind) => !furtherAlerts.has(kind) || random.chance(0.5));
  const worst = random.chance(0.28) ? pick(random, together)(random, scenario) : [];
  return [...kinds.flatMap((kind) => draws[kind](random, scenario)), ...worst];
}
