import { noCounts, type Run, type RunStore } from '@quakewire/core';
import { anAlert, aRun, originTimeMs, someCounts } from '../builders.ts';
import { uniqueName } from '../unique-name.ts';

/** What the port `RunStore` promises, for any implementation. */
export function runStoreContract(name: string, createRunStore: () => Promise<RunStore>): void {
  describe(`${name} keeps the contract of the run store`, () => {
    let runs: RunStore;
    beforeAll(async () => {
      runs = await createRunStore();
    });

    const opened = async (changes: Partial<Run> = {}): Promise<Run> => {
      const run = aRun({ earthquakeId: uniqueName('eq'), ...changes });
      await runs.open(run);
      return run;
    };
    const listedOf = async (run: Run) =>
      (await runs.listOpen(run.channel)).filter(({ earthquakeId }) => earthquakeId === run.earthquakeId);

    it('keeps an alert as it was written first', async () => {
      const alert = anAlert({ earthquakeId: uniqueName('eq') });
      expect(await runs.readAlert(alert.earthquakeId, 1)).toBeUndefined();
      expect(await runs.putAlert(alert)).toBe(true);
      expect(await runs.putAlert({ ...alert, magnitude: 9 })).toBe(false);
      expect(await runs.readAlert(alert.earthquakeId, 1)).toEqual(alert);
    });

    it('reads a run as it was opened, whoever opens it again', async () => {
      const run = await opened({ segmentOrder: [300, 0, 65_535, 7], maxWorkersPerSegment: 3 });
      await runs.open({ ...run, mapVersion: 99 });
      expect(await runs.read(run)).toEqual(run);
    });

    it('knows no run that was not opened', async () => {
      expect(await runs.read(aRun({ earthquakeId: uniqueName('eq') }))).toBeUndefined();
    });

    it('lists an open run with what is needed to choose it', async () => {
      const run = await opened({ urgency: 'earlyWarning', channel: 'telegram', seq: 2 });
      const { earthquakeId, seq, channel, urgency, issuedAtMs, expiresAtMs } = run;
      expect(await listedOf(run)).toEqual([{ earthquakeId, seq, channel, urgency, issuedAtMs, expiresAtMs }]);
    });

    it('lists the most urgent runs first', async () => {
      const earthquakeId = uniqueName('eq');
      for (const [index, urgency] of (['exercise', 'notification', 'earlyWarning', 'cancel'] as const).entries())
        await opened({ earthquakeId, urgency, seq: index + 1, channel: 'webhook' });
      const listed = await listedOf(aRun({ earthquakeId, channel: 'webhook' }));
      expect(listed.map(({ urgency }) => urgency)).toEqual(['earlyWarning', 'cancel', 'notification', 'exercise']);
    });

    it('tells earlier runs of the same earthquake and channel that a later one supersedes them', async () => {
      const first = await opened();
      const second = await opened({ earthquakeId: first.earthquakeId, seq: 2, urgency: 'update' });
      const other = await opened({ earthquakeId: first.earthquakeId, channel: 'email' });
      await runs.supersede({ ...second, seq: 3 });
      await runs.supersede(second);
      const listed = await listedOf(first);
      expect(listed.map(({ seq, supersededBySeq }) => [seq, supersededBySeq])).toEqual([
        [2, 3],
        [1, 3],
      ]);
      expect((await listedOf(other))[0]).not.toHaveProperty('supersededBySeq');
    });

    it('takes a run off the open list, and only that', async () => {
      const run = await opened();
      const other = await opened({ earthquakeId: run.earthquakeId, seq: 2 });
      await runs.removeOpen(run);
      await runs.removeOpen(run);
      expect((await listedOf(run)).map(({ seq }) => seq)).toEqual([other.seq]);
      expect(await runs.read(run)).toEqual(run);
    });

    it('marks segments on the board as begun, then taken, then done with their counts', async () => {
      const run = await opened();
      await runs.markBegun(run, 1);
      await runs.markBegun(run, 5);
      await runs.markTaken(run, 1);
      await runs.markTaken(run, 12);
      await runs.markBegun(run, 12);
      await runs.markDone(run, 1, someCounts(7));
      await runs.markDone(run, 2, noCounts);
      await runs.markTaken(run, 1);
      await runs.markDone(run, 1, someCounts(8));
      expect((await runs.readBoard(run)).marks).toEqual([
        { rank: 1, taken: true, done: true, counts: someCounts(7) },
        { rank: 2, taken: true, done: true, counts: noCounts },
        { rank: 5, taken: false, done: false },
        { rank: 12, taken: true, done: false },
      ]);
    });

    it('keeps the newest cumulative counts of each worker', async () => {
      const run = await opened();
      await runs.putProgress(run, 'worker-a', someCounts(1));
      await runs.putProgress(run, 'worker-b#2', someCounts(5));
      await runs.putProgress(run, 'worker-a', someCounts(3));
      const { progress } = await runs.readBoard(run);
      expect(progress).toHaveLength(2);
      expect(progress).toContainEqual({ worker: 'worker-a', counts: someCounts(3) });
      expect(progress).toContainEqual({ worker: 'worker-b#2', counts: someCounts(5) });
    });

    it('has an empty board where nothing was marked', async () => {
      expect(await runs.readBoard(await opened())).toEqual({
        ...{ state: 'open', generation: 0 },
        ...{ marks: [], progress: [] },
      });
    });

    it('opens the next generation of a closed run and lists it again', async () => {
      const run = await opened({ seq: 3 });
      await runs.close(run, someCounts(10));
      await runs.removeOpen(run);
      expect(await runs.reopen(run)).toBe(true);
      expect(await runs.read(run)).toMatchObject({ state: 'open', generation: 1 });
      expect(await runs.readBoard(run)).toMatchObject({ state: 'open', generation: 1 });
      const { earthquakeId, seq, channel, urgency, issuedAtMs, expiresAtMs } = run;
      expect(await listedOf(run)).toEqual([{ earthquakeId, seq, channel, urgency, issuedAtMs, expiresAtMs }]);
    });

    it('leaves a mark of supersession when it opens the next generation', async () => {
      const run = await opened();
      await runs.supersede({ ...run, seq: 2 });
      await runs.reopen(run);
      expect(await listedOf(run)).toMatchObject([{ supersededBySeq: 2 }]);
    });

    it('opens no generation of a run that does not exist', async () => {
      const run = aRun({ earthquakeId: uniqueName('eq') });
      expect(await runs.reopen(run)).toBe(false);
      expect(await runs.read(run)).toBeUndefined();
      expect(await listedOf(run)).toEqual([]);
    });

    it('does not close a run, nor take it off the list, for who knows only an earlier generation', async () => {
      const run = await opened();
      await runs.reopen(run);
      expect(await runs.close(run, someCounts(10))).toBe(false);
      await runs.removeOpen(run);
      expect(await listedOf(run)).toHaveLength(1);
      expect(await runs.close({ ...run, generation: 1 }, someCounts(10))).toBe(true);
      await runs.removeOpen({ ...run, generation: 1 });
      expect(await listedOf(run)).toEqual([]);
    });

    it('closes a run once, with the counts of whoever was first', async () => {
      const run = await opened({ expiresAtMs: originTimeMs + 60_000 });
      expect(await runs.close(run, someCounts(10))).toBe(true);
      expect(await runs.close(run, someCounts(11))).toBe(false);
      expect(await runs.read(run)).toEqual({ ...run, state: 'closed', counts: someCounts(10) });
    });
  });
}
