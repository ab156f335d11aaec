import type { Alert } from '../alert/alert.ts';
import type { Broadcast } from '../broadcast/broadcast.ts';
import type { ChannelName } from '../channel/channel.ts';
import type { Clock } from '../runtime/clock.ts';
import type { BudgetStore } from './budget.ts';
import { slotCount } from './budget-share.ts';
import type { Run, RunKey, RunStore } from './run.ts';
import type { SegmentMap, SegmentMapStore } from './segment-map.ts';
import { orderSegments } from './segment-order.ts';
import type { SizingInForce, SizingStore } from './sizing-in-force.ts';
import { assignPartitions, type RouletteStarts, rouletteStart } from './topic-roulette.ts';
import { durationsOf, urgencyOf } from './urgency.ts';
import { messageSchemaVersion, type PartitionedMessage, type WakeUpLog } from './wake-up.ts';

export interface DispatchPorts {
  runs: Pick<RunStore, 'putAlert' | 'readAlert' | 'read' | 'open' | 'supersede'>;
  maps: Pick<SegmentMapStore, 'currentVersion' | 'read'>;
  budgets: Pick<BudgetStore, 'ensure'>;
  sizing: SizingStore;
  wakeUps: WakeUpLog;
  /** Begun before the first wake-up, never waited for; left out where nobody is told all at once. */
  broadcast?: Pick<Broadcast, 'start'>;
  /** Where the alert before started on each channel, kept by the caller from alert to alert. */
  starts?: RouletteStarts;
  clock: Clock;
}

export interface DispatchRequest {
  alert: Alert;
  channels: readonly ChannelName[];
  /** Segment map versions that the earthquake's first alert pinned; a channel without one takes the current version. */
  pinnedMaps: Readonly<Partial<Record<string, number>>>;
}

export interface Dispatched {
  channel: ChannelName;
  /** Undefined when no segment map was ever published: the channel has no endpoints. */
  mapVersion: number | undefined;
  wakeUps: number;
  /** This machine's time of day when every partition had acknowledged its wake-ups, milliseconds since the epoch. */
  acknowledgedAtMs: number;
}

/**
 * Makes an alert known, begins to broadcast it and wakes the workers: alert item, then for each channel side by side map,
 * budget, open list, run item, wake-ups, in this order. Harmless to repeat, also by another process after a crash at any
 * point: what is stored stays as it is, and more wake-ups assign nothing.
 * @throws AggregateError when a channel could not be dispatched; the others were.
 */
export async function dispatchAlert(request: DispatchRequest, ports: DispatchPorts): Promise<Dispatched[]> {
  const { earthquakeId, seq } = request.alert;
  const [isNew, sizing] = await Promise.all([ports.runs.putAlert(request.alert), ports.sizing.read()]);
  const alert = isNew ? request.alert : ((await ports.runs.readAlert(earthquakeId, seq)) ?? request.alert);
  ports.broadcast?.start(alert, isNew);
  const results = await Promise.allSettled(
    request.channels.map((channel) => dispatchChannel({ ...request, alert }, channel, sizing, isNew, ports)),
  );
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (failures.length > 0) throw new AggregateError(failures, `alert not dispatched on ${failures.length} channels`);
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function dispatchChannel(
  { alert, pinnedMaps }: DispatchRequest,
  channel: ChannelName,
  sizing: SizingInForce,
  isNew: boolean,
  ports: DispatchPorts,
): Promise<Dispatched> {
  const { runs, maps, budgets, clock } = ports;
  const key: RunKey = { earthquakeId: alert.earthquakeId, seq: alert.seq, channel };
  const capacity = capacityOf(sizing, channel);
  const known = isNew ? undefined : await runs.read(key);
  const mapVersion = known?.mapVersion ?? pinnedMaps[channel] ?? (await maps.currentVersion(channel));
  if (mapVersion === undefined) return { channel, mapVersion, wakeUps: 0, acknowledgedAtMs: clock.wallMs() };
  const slots = slotCount(capacity.providerRatePerSecond, capacity.activePartitions);
  const [map] = await Promise.all([
    maps.read(channel, mapVersion),
    budgets.ensure(channel, capacity.providerRatePerSecond, slots),
  ]);
  const run = known ?? newRun(alert, key, map, capacity.maxWorkersPerSegment);
  if (!known) await runs.open(run);
  if (alert.seq > 1) await runs.supersede(key);
  const messages = run.state === 'open' ? await planWakeUps(run, slots, capacity.activePartitions, ports) : [];
  await ports.wakeUps.publish(channel, messages);
  return { channel, mapVersion, wakeUps: messages.length, acknowledgedAtMs: clock.wallMs() };
}

function newRun(alert: Alert, key: RunKey, map: SegmentMap, maxWorkersPerSegment: number): Run {
  return {
    ...key,
    mapVersion: map.version,
    kind: alert.kind,
    urgency: urgencyOf(alert),
    issuedAtMs: alert.issuedAtMs,
    expiresAtMs: alert.expiresAtMs,
    durations: durationsOf(alert),
    maxWorkersPerSegment,
    segmentOrder: orderSegments(map.segments, alert),
    state: 'open',
    generation: 0,
  };
}

/** As many workers as have slots and half as many again, so that a lost or late one costs no rate; nearest first. */
async function planWakeUps(
  run: Run,
  slots: number,
  activePartitions: number,
  { wakeUps, starts }: Pick<DispatchPorts, 'wakeUps' | 'starts'>,
): Promise<PartitionedMessage[]> {
  const workers = run.maxWorkersPerSegment;
  const count = Math.min(run.segmentOrder.length * workers, Math.ceil(1.5 * slots));
  const livePartitions = await wakeUps.livePartitions(run.channel);
  const start = rouletteStart(run, activePartitions, starts?.get(run.channel));
  starts?.set(run.channel, start);
  const partitions = assignPartitions({ count, activePartitions, livePartitions, start });
  return partitions.map((partition, step) => ({
    partition,
    message: wakeUp(run, Math.floor(step / workers), step % workers),
  }));
}

/** The message that wakes a worker near a segment. */
export const wakeUp = (
  { earthquakeId, seq, channel }: RunKey,
  segment: number,
  rank: number,
): PartitionedMessage['message'] => ({
  ...{ schema: messageSchemaVersion, type: 'wakeUp' },
  ...{ earthquakeId, seq, channel, segment, rank },
});

/** @throws when the sizing in force does not know the channel. */
export function capacityOf(sizing: SizingInForce, channel: ChannelName): SizingInForce['channels'][string] {
  const capacity = sizing.channels[channel];
  if (!capacity) throw new Error(`the sizing in force has no channel ${channel}: run the scaler`);
  return capacity;
}
