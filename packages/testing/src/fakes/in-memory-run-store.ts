import {
  type Alert,
  type OpenRun,
  type Run,
  type RunCounts,
  type RunKey,
  type RunStore,
  type SegmentMark,
  urgencies,
} from '@quakewire/core';

interface StoredRun {
  run: Run;
  marks: Map<number, Omit<SegmentMark, 'rank'>>;
  progress: Map<string, RunCounts>;
}

/** Alerts, open list, runs, boards and progress in Maps. What is stored is replaced, never changed: all readers share it. */
export function createInMemoryRunStore(): RunStore {
  const alerts = new Map<string, Alert>();
  const open = new Map<string, OpenRun & Pick<Run, 'generation'>>();
  const runs = new Map<string, StoredRun>();
  const stored = (key: RunKey): StoredRun => {
    const found = runs.get(nameOf(key));
    if (!found) throw new Error(`run ${nameOf(key)} does not exist`);
    return found;
  };

  return {
    async putAlert(alert) {
      const name = `${alert.earthquakeId}#${alert.seq}`;
      if (alerts.has(name)) return false;
      alerts.set(name, structuredClone(alert));
      return true;
    },
    readAlert: async (earthquakeId, seq) => alerts.get(`${earthquakeId}#${seq}`),
    async open(run) {
      const name = nameOf(run);
      if (!open.has(name)) open.set(name, { ...toOpenRun(run), generation: run.generation });
      if (!runs.has(name))
        runs.set(name, { run: { ...run, segmentOrder: [...run.segmentOrder] }, marks: new Map(), progress: new Map() });
    },
    listOpen: async (channel) =>
      [...open.values()]
        .filter((run) => run.channel === channel)
        .sort(byUrgencyAndName)
        .map(({ generation: _, ...run }) => run),
    async supersede(key) {
      for (const run of open.values()) {
        if (run.earthquakeId !== key.earthquakeId || run.channel !== key.channel || run.seq >= key.seq) continue;
        run.supersededBySeq = Math.max(run.supersededBySeq ?? 0, key.seq);
      }
    },
    read: async (key) => runs.get(nameOf(key))?.run,
    async readBoard(key) {
      const { run, marks, progress } = runs.get(nameOf(key)) ?? emptyRun;
      return {
        state: run.state,
        generation: run.generation,
        marks: [...marks].sort(([a], [b]) => a - b).map(([rank, mark]) => ({ rank, ...mark })),
        progress: [...progress].map(([worker, counts]) => ({ worker, counts })),
      };
    },
    async markBegun(key, rank) {
      const { marks } = stored(key);
      if (!marks.has(rank)) marks.set(rank, { taken: false, done: false });
    },
    async markTaken(key, rank) {
      const { marks } = stored(key);
      if (!marks.get(rank)?.taken) marks.set(rank, { taken: true, done: false });
    },
    async markDone(key, rank, counts) {
      const { marks } = stored(key);
      if (!marks.get(rank)?.done) marks.set(rank, { taken: true, done: true, counts: { ...counts } });
    },
    async putProgress(key, worker, counts) {
      stored(key).progress.set(worker, { ...counts });
    },
    async close(key, counts) {
      const found = stored(key);
      if (found.run.state === 'closed' || found.run.generation !== key.generation) return false;
      found.run = { ...found.run, state: 'closed', counts: { ...counts } };
      return true;
    },
    async reopen(key) {
      const found = runs.get(nameOf(key));
      if (!found) return false;
      const run: Run = { ...found.run, state: 'open', generation: found.run.generation + 1 };
      found.run = run;
      open.set(nameOf(key), { ...toOpenRun(run), ...open.get(nameOf(key)), generation: run.generation });
      return true;
    },
    async removeOpen(key) {
      if ((open.get(nameOf(key))?.generation ?? 0) <= key.generation) open.delete(nameOf(key));
    },
  };
}

const emptyRun = {
  run: { state: 'open' as const, generation: 0 },
  marks: new Map<number, Omit<SegmentMark, 'rank'>>(),
  progress: new Map<string, RunCounts>(),
};

const nameOf = (key: RunKey): string => `${key.earthquakeId}#${key.seq}#${key.channel}`;

const toOpenRun = ({ earthquakeId, seq, channel, urgency, issuedAtMs, expiresAtMs }: Run): OpenRun => ({
  earthquakeId,
  seq,
  channel,
  urgency,
  issuedAtMs,
  expiresAtMs,
});

const byUrgencyAndName = (a: OpenRun, b: OpenRun): number =>
  urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency) || (nameOf(a) < nameOf(b) ? -1 : 1);
