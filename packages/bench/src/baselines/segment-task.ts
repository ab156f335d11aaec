import { type Alert, type Page, pagesByDistance, type Run, type RunKey, type WakeUp } from '@quakewire/core';
import type { BaselinePorts } from './baseline.ts';

/** A segment of a run, as a worker finds it. */
export interface SegmentTask {
  key: RunKey;
  run: Run;
  alert: Alert;
  /** The segment's place in the run's order, nearest first. */
  rank: number;
  segmentId: number;
  /** Nearest first; `number` is the page's own within the segment. */
  pages: readonly { number: number; page: Page }[];
}

/** @throws when the run, its alert or the segment is not there. */
export async function readSegmentTask(
  { runs, maps }: Pick<BaselinePorts, 'runs' | 'maps'>,
  { earthquakeId, seq, channel, segment: rank }: WakeUp,
): Promise<SegmentTask> {
  const key: RunKey = { earthquakeId, seq, channel };
  const [run, alert] = await Promise.all([runs.read(key), runs.readAlert(earthquakeId, seq)]);
  if (!run || !alert) throw new Error('the run or its alert is missing');
  const { segments } = await maps.read(channel, run.mapVersion);
  const segment = segments.find(({ id }) => id === run.segmentOrder[rank]);
  if (!segment) throw new Error(`the run has no segment of rank ${rank}`);
  const pages = pagesByDistance(segment, alert.hypocentre).flatMap((number) => {
    const page = segment.pages[number];
    return page ? [{ number, page }] : [];
  });
  return { key, run, alert, rank, segmentId: segment.id, pages };
}
