import { channelNames } from '../channel/channel.ts';
import type { RunEvidence } from './alert-report.ts';
import type { Ledger } from './ledger.ts';
import { readRunLedger } from './read-run-ledger.ts';
import type { Run, RunStore } from './run.ts';
import type { SegmentMap, SegmentMapStore } from './segment-map.ts';

export interface EvidencePorts {
  runs: Pick<RunStore, 'read'>;
  maps: Pick<SegmentMapStore, 'read'>;
  ledger: Pick<Ledger, 'readSegment' | 'readQueued'>;
}

/** Everything known of an alert's runs; a channel that has no run is left out. */
export async function readEvidence(
  { earthquakeId, seq }: { earthquakeId: string; seq: number },
  ports: EvidencePorts,
): Promise<RunEvidence[]> {
  const runs = await Promise.all(channelNames.map((channel) => ports.runs.read({ earthquakeId, seq, channel })));
  return Promise.all(runs.filter((run) => run !== undefined).map((run) => evidenceOf(run, ports)));
}

async function evidenceOf(run: Run, { maps, ledger }: EvidencePorts): Promise<RunEvidence> {
  const map = await mapOf(run, maps);
  return { run, map, ledger: await readRunLedger(run, map, ledger) };
}

/**
 * Replaced maps are removed before the alerts that used them. A run that was closed had every page of its map final, so
 * its report needs no map but for the order.
 */
async function mapOf(run: Run, maps: EvidencePorts['maps']): Promise<SegmentMap> {
  try {
    return await maps.read(run.channel, run.mapVersion);
  } catch (error) {
    if (run.state === 'closed') return { channel: run.channel, version: run.mapVersion, segments: [] };
    throw error;
  }
}
