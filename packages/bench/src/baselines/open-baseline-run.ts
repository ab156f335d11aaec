import {
  type Alert,
  type DispatchPorts,
  durationsOf,
  orderSegments,
  type Run,
  type RunKey,
  urgencyOf,
  type WakeUpLog,
  wakeUp,
} from '@quakewire/core';

type Ports = { runs: Pick<DispatchPorts['runs'], 'putAlert' | 'open'>; maps: DispatchPorts['maps'] } & {
  wakeUps: Pick<WakeUpLog, 'publish'>;
};

/** Opens a run and assigns each of its segments to a worker by one record, the nearest first, over so many partitions. */
export async function openBaselineRun(
  alert: Alert,
  channel: RunKey['channel'],
  partitions: number,
  { runs, maps, wakeUps }: Ports,
): Promise<Run> {
  const key: RunKey = { earthquakeId: alert.earthquakeId, seq: alert.seq, channel };
  const version = await maps.currentVersion(channel);
  if (version === undefined) throw new Error(`${channel} has no segment map`);
  const { segments } = await maps.read(channel, version);
  const run: Run = {
    ...key,
    mapVersion: version,
    kind: alert.kind,
    urgency: urgencyOf(alert),
    issuedAtMs: alert.issuedAtMs,
    expiresAtMs: alert.expiresAtMs,
    durations: durationsOf(alert),
    maxWorkersPerSegment: 1,
    segmentOrder: orderSegments(segments, alert),
    state: 'open',
    generation: 0,
  };
  await runs.putAlert(alert);
  await runs.open(run);
  await wakeSegments(run, [...run.segmentOrder.keys()], partitions, wakeUps);
  return run;
}

export const wakeSegments = (
  run: Run,
  ranks: readonly number[],
  partitions: number,
  wakeUps: Pick<WakeUpLog, 'publish'>,
): Promise<void> =>
  wakeUps.publish(
    run.channel,
    ranks.map((rank, at) => ({ partition: at % partitions, message: wakeUp(run, rank, 0) })),
  );
