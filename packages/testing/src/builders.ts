import {
  type Alert,
  type AlertPolicy,
  type Approval,
  type Bulletin,
  type Earthquake,
  type Endpoint,
  type Entry,
  type Operator,
  type OperatorRequest,
  type Page,
  type PageKey,
  type RowKey,
  type Run,
  type RunCounts,
  type Segment,
  type SegmentMap,
  type SizingInForce,
  startingPolicy,
  wholeEarth,
} from '@quakewire/core';

/** 2025-04-23T09:49:10Z, the origin time of the Marmara M6.2. */
export const originTimeMs = 1_745_401_750_000;
const epicentre = { latitude: 40.85, longitude: 28.2 };

export function aBulletin(changes: Partial<Bulletin> = {}): Bulletin {
  return {
    source: 'usgs',
    id: 'us7000pufs',
    ids: ['us7000pufs'],
    version: originTimeMs + 60_000,
    hypocentre: { ...epicentre, originTimeMs, depthKm: 10 },
    magnitude: 6.2,
    magnitudeType: 'mww',
    region: 'Marmara Sea',
    status: 'automatic',
    exercise: false,
    receivedAtMs: originTimeMs + 61_000,
    ...changes,
  };
}

export function anEarthquake(changes: Partial<Earthquake> = {}): Earthquake {
  const preferred = changes.preferred ?? aBulletin();
  return { id: 'eq1', revision: 1, bulletins: [preferred], preferred, pinnedMaps: {}, lastAlertSeq: 0, ...changes };
}

/** Live everywhere. */
export const aPolicy = (changes: Partial<AlertPolicy> = {}): AlertPolicy => ({
  ...startingPolicy({ everywhere: { mode: 'live', area: wholeEarth } }),
  ...changes,
});

export function anAlert(changes: Partial<Alert> = {}): Alert {
  return {
    schema: 1,
    earthquakeId: 'eq1',
    seq: 1,
    kind: 'alert',
    type: 'notification',
    exercise: false,
    hypocentre: { ...epicentre, originTimeMs, depthKm: 10 },
    magnitude: 6.2,
    region: 'Marmara Sea',
    areaRadiusKm: 600,
    policyVersion: 1,
    templateVersion: 1,
    receivedAtMs: originTimeMs + 61_000,
    issuedAtMs: originTimeMs + 61_100,
    expiresAtMs: originTimeMs + 3_600_000,
    ...changes,
  };
}

/** A subscriber in Istanbul; `number` makes ids differ. */
export function anEndpoint(number = 1, changes: Partial<Endpoint> = {}): Endpoint {
  return {
    id: `${number.toString(16).padStart(12, '0')}0001`,
    channel: 'sms',
    latitude: 41.0082,
    longitude: 28.9784,
    country: 'TR',
    language: 'en',
    sealedAddress: new Uint8Array([1, 2, 3, number % 256]),
    minimumIntensity: 3,
    validFromMs: originTimeMs - 86_400_000,
    optedOut: false,
    ...changes,
  };
}

export function aPage(changes: Partial<Page> = {}): Page {
  return {
    range: { cell: 'c1', from: '', to: '~' },
    centre: { latitude: 41, longitude: 29 },
    endpoints: 100,
    ...changes,
  };
}

export function aSegment(changes: Partial<Segment> = {}): Segment {
  return { id: 0, centre: { latitude: 41, longitude: 29 }, radiusKm: 20, pages: [aPage()], ...changes };
}

export function aSegmentMap(changes: Partial<SegmentMap> = {}): SegmentMap {
  return { channel: 'sms', version: 1, segments: [aSegment()], ...changes };
}

export function aRun(changes: Partial<Run> = {}): Run {
  return {
    earthquakeId: 'eq1',
    seq: 1,
    channel: 'sms',
    mapVersion: 1,
    kind: 'alert',
    urgency: 'notification',
    issuedAtMs: originTimeMs + 61_100,
    expiresAtMs: originTimeMs + 3_600_000,
    durations: { holdMs: 10_000, takeMs: 12_000, sendTimeoutMs: 4_000, storeTimeoutMs: 2_000 },
    maxWorkersPerSegment: 1,
    segmentOrder: [0],
    state: 'open',
    generation: 0,
    ...changes,
  };
}

export function aPageKey(changes: Partial<PageKey> = {}): PageKey {
  return { earthquakeId: 'eq1', seq: 1, channel: 'sms', segmentId: 0, page: 0, ...changes };
}

export function aRowKey(number = 1): RowKey {
  const { id } = anEndpoint(number);
  return { endpointId: id, cell: '831f91', sortKey: `871f91a5b#${id}` };
}

export function anEntry(number = 1, changes: Partial<Entry> = {}): Entry {
  return { endpointId: anEndpoint(number).id, outcome: 'open', ...changes };
}

/** Counts that add up: everybody considered was eligible and accepted. */
export function someCounts(accepted = 100): RunCounts {
  return {
    considered: accepted,
    fromBackup: 0,
    notConcerned: 0,
    eligible: accepted,
    accepted,
    failed: 0,
    suppressed: 0,
    expired: 0,
    unknown: 0,
    handedToBackup: 0,
  };
}

export function aSizing(changes: Partial<SizingInForce['channels'][string]> = {}): SizingInForce {
  const channel = {
    activePartitions: 2,
    segmentEndpoints: 400,
    maxWorkersPerSegment: 1,
    providerRatePerSecond: 500,
    ...changes,
  };
  return {
    producer: { threads: 1 },
    channels: { sms: channel, email: channel, telegram: channel, webhook: channel },
  };
}

/** Three people who may ask. */
export const operators = ['ana', 'ion', 'mara'].map((name) => ({
  userId: `AIDA${name.toUpperCase()}`,
  arn: `arn:aws:iam::123456789012:user/${name}`,
})) as [Operator, Operator, Operator];

/** The Marmara earthquake, told by hand. */
export const aRequest = (changes: Partial<OperatorRequest> = {}): OperatorRequest => ({
  schema: 1,
  id: '20250423-095010-k3f9',
  asked: {
    kind: 'issue',
    originTimeMs,
    solution: { ...epicentre, depthKm: 10, magnitude: 6.2, region: 'Marmara Sea' },
  },
  requestedBy: operators[0],
  requestedAtMs: originTimeMs + 60_000,
  ...changes,
});

export const anApproval = (changes: Partial<Approval> = {}): Approval => ({
  schema: 1,
  request: aRequest(),
  approvedBy: operators[1],
  approvedAtMs: originTimeMs + 64_000,
  ...changes,
});
