import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { createProcessRecords, isGroupStillOurs, isStillRunning, type ProcessRecord } from './process-records.ts';
import type { ProcessEntry } from './process-table.ts';

const record: ProcessRecord = { kind: 'group', name: 'kafka', pid: 500, startMark: 'boot:1', runId: 'run-1' };
const entry = (changes: Partial<ProcessEntry>): ProcessEntry => ({
  pid: 500,
  parentPid: 1,
  groupId: 500,
  startMark: 'boot:1',
  residentBytes: 0,
  ...changes,
});
const nobodyIsMarked = () => false;
const everybodyIsMarked = () => true;

describe('matching a record with what runs', () => {
  it('recognises the process itself', () => {
    expect(isStillRunning(record, [entry({})])).toBe(true);
    expect(isGroupStillOurs(record, [entry({})], nobodyIsMarked)).toBe(true);
  });

  it('never takes a reused pid for ours, whatever else runs', () => {
    const others = fc.array(
      fc.record({ pid: fc.integer({ min: 1, max: 600 }), groupId: fc.integer({ min: 1, max: 600 }) }),
    );
    const property = fc.property(others, (found) => {
      const table = [
        entry({ startMark: 'boot:2' }),
        ...found.filter(({ pid }) => pid !== 500).map((other) => entry(other)),
      ];
      expect(isStillRunning(record, table) || isGroupStillOurs(record, table, everybodyIsMarked)).toBe(false);
    });
    expect(() => fc.assert(property)).not.toThrow();
  });

  it('finds the children of a leader that is gone by the mark of the run', () => {
    const child = entry({ pid: 501, startMark: 'boot:9' });
    const isMarked = (pid: number, runId: string) => pid === 501 && runId === 'run-1';
    expect(isGroupStillOurs(record, [child], isMarked)).toBe(true);
  });

  it('leaves a group alone whose leader is gone and whose members are not marked', () => {
    expect(isGroupStillOurs(record, [entry({ pid: 501, startMark: 'boot:9' })], nobodyIsMarked)).toBe(false);
  });

  it('sees that nothing is left', () => {
    expect(isGroupStillOurs(record, [entry({ pid: 7, groupId: 7 })], everybodyIsMarked)).toBe(false);
  });
});

describe('keeping records', () => {
  it('gives back what was written until it is removed', () => {
    const records = createProcessRecords(temporaryFolder());
    records.write(record);
    expect(records.list()).toEqual([record]);
    records.remove(record);
    expect(records.list()).toEqual([]);
  });

  it('drops a file that is cut or holds a pid that is none', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'group-1.json'), '{"kind":"group","na');
    writeFileSync(join(folder, 'group-2.json'), JSON.stringify({ ...record, pid: -1 }));
    const records = createProcessRecords(folder);
    expect(records.list()).toEqual([]);
    records.write(record);
    expect(records.list()).toEqual([record]);
  });
});
