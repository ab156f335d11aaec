import fc from 'fast-check';
import { drawSchedule } from './draw-schedule.ts';
import { describeFault, type FaultKind } from './fault.ts';

const seeds = fc.integer({ min: 0, max: 4_294_967_295 });

describe('the schedule of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(drawSchedule(1)).toEqual(drawSchedule(1));
    expect(drawSchedule(1)).not.toEqual(drawSchedule(2));
  });

  it('holds every kind of fault, in the order of time', () => {
    const kinds: FaultKind[] = [
      ...(['killConsumer', 'freezeConsumer', 'timeOutConsumer', 'killLeader', 'restartBroker'] as const),
      ...(['throttleTables', 'throttleProvider', 'cutProvider', 'cancelAlert'] as const),
    ];
    fc.assert(
      fc.property(seeds, (seed) => {
        const faults = drawSchedule(seed);
        expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(kinds));
        expect(faults.map(({ atMs }) => atMs)).toEqual(faults.map(({ atMs }) => atMs).sort((a, b) => a - b));
      }),
    );
  });

  it('can be told in words', () => {
    for (const fault of drawSchedule(3)) expect(describeFault(fault)).toMatch(/^[a-z]/);
  });
});
