import {
  type Alert,
  alertSchema,
  type Board,
  type ChannelName,
  type OpenRun,
  type Run,
  type RunKey,
  urgencies,
} from '@quakewire/core';
import { runStateCodes } from './attribute-names.ts';
import { bytes, type Item, keysOf, number, reader, text, toAttributes } from './attribute-values.ts';
import { unpackCounts } from './codecs/counts.ts';
import { packSegmentOrder, unpackSegmentOrder } from './codecs/segment-order.ts';
import { endOfRetention, retentionSeconds } from './retention.ts';

/** Ranks are padded, so that the board reads in order. */
const rankDigits = 5;

export const alertPartitionKey = (earthquakeId: string): string => `A#${earthquakeId}`;
export const alertItemKey = (earthquakeId: string, seq: number): Item => ({
  pk: text(alertPartitionKey(earthquakeId)),
  sk: text(String(seq)),
});
export const openListKey = (channel: ChannelName): string => `OPEN#${channel}`;
export const openItemKey = (run: RunKey & Pick<Run, 'urgency'>): Item => ({
  pk: text(openListKey(run.channel)),
  sk: text(`${urgencies.indexOf(run.urgency)}#${run.earthquakeId}#${run.seq}`),
});
export const runPartitionKey = (key: RunKey): string => `R#${key.earthquakeId}#${key.seq}#${key.channel}`;
export const runItemKey = (key: RunKey): Item => ({ pk: text(runPartitionKey(key)), sk: text('run') });
export const segmentItemKey = (key: RunKey, rank: number): Item => ({
  pk: text(runPartitionKey(key)),
  sk: text(`seg#${String(rank).padStart(rankDigits, '0')}`),
});
export const progressItemKey = (key: RunKey, worker: string): Item => ({
  pk: text(runPartitionKey(key)),
  sk: text(`prog#${worker}`),
});

const untilEndOfRetention = (expiresAtMs: number) => ({
  timeToLive: number(endOfRetention(expiresAtMs, retentionSeconds.dispatch)),
});

export const alertItemOf = (alert: Alert): Item => ({
  ...alertItemKey(alert.earthquakeId, alert.seq),
  ...toAttributes({ alert: text(JSON.stringify(alert)), ...untilEndOfRetention(alert.expiresAtMs) }),
});
export const alertOf = (item: Item): Alert => alertSchema.parse(JSON.parse(reader(item).text('alert')));

export const openItemOf = (run: Run): Item => ({
  ...openItemKey(run),
  ...toAttributes({
    issuedAtMs: number(run.issuedAtMs),
    expiresAtMs: number(run.expiresAtMs),
    runGeneration: number(run.generation),
    ...untilEndOfRetention(run.expiresAtMs),
  }),
});

export function openRunOf(item: Item): OpenRun {
  const { partitionKey, sortKey } = keysOf(item);
  const parts = /^(\d+)#(.+)#(\d+)$/.exec(sortKey);
  const urgency = urgencies[Number(parts?.[1])];
  if (!parts || !urgency) throw new Error(`${partitionKey} / ${sortKey} is not the key of an open run`);
  const read = reader(item);
  const supersededBySeq = read.optionalNumber('supersededBySeq');
  return {
    earthquakeId: parts[2] as string,
    seq: Number(parts[3]),
    channel: partitionKey.slice(openListKey('' as ChannelName).length) as ChannelName,
    urgency,
    issuedAtMs: read.number('issuedAtMs'),
    expiresAtMs: read.number('expiresAtMs'),
    ...(supersededBySeq === undefined ? {} : { supersededBySeq }),
  };
}

export const runItemOf = (run: Run): Item => ({
  ...runItemKey(run),
  ...toAttributes({
    mapVersion: number(run.mapVersion),
    kind: text(run.kind),
    urgency: text(run.urgency),
    issuedAtMs: number(run.issuedAtMs),
    expiresAtMs: number(run.expiresAtMs),
    maxWorkersPerSegment: number(run.maxWorkersPerSegment),
    holdMs: number(run.durations.holdMs),
    takeMs: number(run.durations.takeMs),
    sendTimeoutMs: number(run.durations.sendTimeoutMs),
    storeTimeoutMs: number(run.durations.storeTimeoutMs),
    segmentOrder: bytes(packSegmentOrder(run.segmentOrder)),
    state: text(runStateCodes[run.state]),
    runGeneration: number(run.generation),
    ...untilEndOfRetention(run.expiresAtMs),
  }),
});

export function runOf(key: RunKey, item: Item): Run {
  const read = reader(item);
  const counts = read.optionalText('counts');
  return {
    ...{ earthquakeId: key.earthquakeId, seq: key.seq, channel: key.channel },
    mapVersion: read.number('mapVersion'),
    kind: read.text('kind') as Run['kind'],
    urgency: read.text('urgency') as Run['urgency'],
    issuedAtMs: read.number('issuedAtMs'),
    expiresAtMs: read.number('expiresAtMs'),
    durations: {
      holdMs: read.number('holdMs'),
      takeMs: read.number('takeMs'),
      sendTimeoutMs: read.number('sendTimeoutMs'),
      storeTimeoutMs: read.number('storeTimeoutMs'),
    },
    maxWorkersPerSegment: read.number('maxWorkersPerSegment'),
    segmentOrder: unpackSegmentOrder(read.bytes('segmentOrder')),
    ...runStateOf(item),
    ...(counts === undefined ? {} : { counts: unpackCounts(counts) }),
  };
}

function runStateOf(item: Item): Pick<Run, 'state' | 'generation'> {
  const read = reader(item);
  const state = read.text('state') === runStateCodes.open ? 'open' : 'closed';
  return { state, generation: read.optionalNumber('runGeneration') ?? 0 };
}

/** Marks and progress from all items of a run's key, the run's own among them. */
export function boardOf(items: readonly Item[]): Board {
  let run: Pick<Run, 'state' | 'generation'> = { state: 'open', generation: 0 };
  const marks: Board['marks'][number][] = [];
  const progress: Board['progress'][number][] = [];
  for (const item of items) {
    const [kind, ...rest] = keysOf(item).sortKey.split('#');
    const read = reader(item);
    const counts = read.optionalText('counts');
    if (kind === 'prog') progress.push({ worker: rest.join('#'), counts: unpackCounts(read.text('counts')) });
    if (kind === 'run') run = runStateOf(item);
    if (kind !== 'seg') continue;
    const state = read.text('state');
    const [taken, done] = [state !== runStateCodes.begun, state === runStateCodes.done];
    marks.push({ rank: Number(rest[0]), taken, done, ...(counts ? { counts: unpackCounts(counts) } : {}) });
  }
  return { ...run, marks, progress };
}
