import type { Outcome, PageState } from '@quakewire/core';

/** The one place where whole words become the short names and codes that are stored (and paid for by the byte). */
export const attributeNames = {
  timeToLive: 'ttl',
  // page items
  state: 'st',
  epoch: 'ep',
  beat: 'bt',
  owner: 'own',
  resent: 'rs',
  endpointIds: 'ids',
  outcomes: 'co',
  reasons: 'rc',
  messageIds: 'mi',
  sendTimes: 'ts',
  truthVersion: 'vr',
  voidRows: 'n',
  voidNotConcerned: 'w',
  handedTo: 'to',
  queuedRows: 'rows',
  // alerts, runs, open list, board
  alert: 'alert',
  mapVersion: 'map',
  kind: 'kind',
  urgency: 'cls',
  issuedAtMs: 'issued',
  expiresAtMs: 'exp',
  maxWorkersPerSegment: 'L',
  holdMs: 'hold',
  takeMs: 'take',
  sendTimeoutMs: 'tsend',
  storeTimeoutMs: 'tstore',
  segmentOrder: 'segs',
  counts: 'k',
  countedAtMs: 'counted',
  supersededBySeq: 'stop',
  runGeneration: 'gen',
  // budget and slots
  ratePerSecond: 'R',
  effectiveRatePerSecond: 'eff',
  slots: 'S',
  generation: 'gen',
  breaker: 'brk',
  pausedUntilMs: 'thr',
  slotVersion: 'ver',
  sharePerSecond: 'r',
  isLeaving: 'lv',
  // sizing in force, what freezes the scaler, what it measures
  control: 'control',
  raised: 'raised',
  measurement: 'measured',
  // segment map
  currentVersion: 'v',
  publication: 'pub',
  reservedAtMs: 'since',
  segmentCount: 'segments',
  centre: 'at',
  radiusKm: 'rad',
  endpointCounts: 'n',
  pageCuts: 'cuts',
  pageCentres: 'ctr',
  // endpoint rows
  place: 'at',
  country: 'c',
  language: 'l',
  sealedAddress: 'a',
  minimumIntensity: 'i',
  validFromMs: 'vf',
  validToMs: 'vt',
  optedOut: 'oo',
  quietHours: 'q',
  backup: 'bk',
  isBackup: 'ob',
  // earthquakes
  earthquake: 'doc',
  earthquakeIds: 'held',
  policy: 'doc',
  // what operators ask for
  request: 'doc',
  requestedBy: 'by',
  approvedBy: 'ok',
  withdrawnBy: 'no',
} as const;
export type AttributeWord = keyof typeof attributeNames;

/** `ExpressionAttributeNames` for every `#word` in the expressions, so that expressions are written in whole words. */
export function namesIn(...expressions: string[]): Record<string, string> {
  const words = expressions.flatMap((expression) => expression.match(/#\w+/g) ?? []);
  return Object.fromEntries(words.map((word) => [word, attributeNames[word.slice(1) as AttributeWord]]));
}

export const pageStateCodes: Readonly<Record<PageState, string>> = {
  inFlight: 'I',
  handedBack: 'N',
  settled: 'S',
  void: 'V',
  queued: 'Q',
};

/** One byte an endpoint. */
export const outcomeCodes: Readonly<Record<Outcome, string>> = {
  open: '-',
  notTried: 'N',
  accepted: 'D',
  delivered: 'R',
  rejected: 'F',
  exhausted: 'X',
  handedToBackup: 'B',
  replayed: 'Y',
  retrying: 'T',
  unknown: 'U',
  optedOut: 'O',
  belowThreshold: 'W',
  notInForce: 'G',
  quietHours: 'Q',
  expired: 'E',
  superseded: 'P',
};

/** Run and segment states. */
export const runStateCodes = { open: 'O', closed: 'C', begun: 'b', taken: 't', done: 'd' } as const;

/** Owner of a slot or lease that was released. */
export const noOwner = 'free';
