import {
  type Alert,
  type OpenRun,
  type Run,
  type RunCounts,
  type RunKey,
  type RunStore,
  urgencies,
} from '@quakewire/core';

interface StoredRun {
  run: Run;
  marks: Map<number, { taken: boolean; done: boolean; counts?: RunCounts }>;
  progress: Map<string, RunCounts>;
}

/** Alerts, open list, runs, boards and progress in Maps. */
export function createInMemoryRunStore(): RunStore {
  const alerts = new Map<string, Alert>();
  const open = new Map<string, OpenRun>();
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
    readAlert: async (earthquakeId, seq) => structuredClone(alerts.get(`${earthquakeId}#${seq}`)),
    async open(run) {
      const name = nameOf(run);
      if (!open.has(name)) open.set(name, toOpenRun(run));
      if (!runs.has(name)) runs.set(name, { run: structuredClone(run), marks: new Map(), progress: new Map() });
    },
    listOpen: async (channel) =>
      structuredClone([...open.values()].filter((run) => run.channel === channel).sort(byUrgencyAndName)),
    async supersede(key) {
      for (const run of open.values()) {
        if (run.earthquakeId !== key.earthquakeId || run.channel !== key.channel || run.seq >= key.seq) continue;
        run.supersededBySeq = Math.max(run.supersededBySeq ?? 0, key.seq);
      }
    },
    read: async (key) => structuredClone(runs.get(nameOf(key))?.run),
    async readBoard(key) {
      const { marks, progress } = runs.get(nameOf(key)) ?? { marks: new Map(), progress: new Map() };
      return structuredClone({
        marks: [...marks].sort(([a], [b]) => a - b).map(([rank, mark]) => ({ rank, ...mark })),
        progress: [...progress].map(([worker, counts]) => ({ worker, counts })),
      });
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
      if (!marks.get(rank)?.done) marks.set(rank, { taken: true, done: true, counts: structuredClone(counts) });
    },
    async putProgress(key, worker, counts) {
      stored(key).progress.set(worker, structuredClone(counts));
    },
    async close(key, counts) {
      const { run } = stored(key);
      if (run.state === 'closed') return false;
      run.state = 'closed';
      run.counts = structuredClone(counts);
      return true;
    },
    async removeOpen(key) {
      open.delete(nameOf(key));
    },
  };
}

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
