import { anApproval, aPolicy, aRequest, operators } from '@quakewire/testing';
import fc from 'fast-check';
import { judgeRequest } from './judge-request.ts';
import type { Asked } from './request.ts';
import type { OpenRequest } from './request-store.ts';

const [ana, ion] = operators;
const policy = aPolicy();
const request = aRequest();
const approval = anApproval();
const asked = request.requestedAtMs;
const minutes = (count: number): number => count * 60_000;
const judge = (open: Omit<OpenRequest, 'id'>, nowMs = asked + 5_000) =>
  judgeRequest({ id: request.id, ...open }, nowMs, policy);
const what = (open: Omit<OpenRequest, 'id'>, nowMs?: number): string => {
  const judgement = judge(open, nowMs);
  return judgement.do === 'end' ? judgement.end.what : judgement.do === 'wait' ? `wait ${judgement.for}` : judgement.do;
};

describe('a request to tell people', () => {
  it('waits 15 minutes for its approval', () => {
    expect(what({ request })).toBe('wait approval');
    expect(what({ request }, asked + minutes(15))).toBe('wait approval');
    expect(what({ request }, asked + minutes(15) + 1)).toBe('expired');
    expect(what({ request, approval: { ...approval, approvedAtMs: asked + minutes(15) + 1 } })).toBe('expired');
  });

  it('is carried out when another principal approved it, at once or never', () => {
    expect(judge({ request, approval })).toEqual({ do: 'carryOut', request });
    expect(what({ request, approval }, asked + minutes(20))).toBe('carryOut');
    expect(what({ request, approval }, asked + minutes(20) + 1)).toBe('expired');
  });

  it.each([
    ['whoever asked', { approvedBy: ana }],
    ['the same principal by another id', { approvedBy: { ...ion, arn: ana.arn } }],
    ['the same id by another name', { approvedBy: { ...ana, arn: ion.arn } }],
    ['before it was asked for', { approvedAtMs: asked - minutes(1) }],
    ['with another content', { request: { ...request, requestedAtMs: asked + 1 } }],
    ['another one', { request: { ...request, id: 'another' } }],
  ])('is refused when it was approved by or as %s', (_, changes) => {
    expect(what({ request, approval: { ...approval, ...changes } })).toBe('refused');
  });

  it('is refused when it is unreadable, or from the future', () => {
    expect(what({ approval })).toBe('refused');
    expect(what({ request, approval }, asked - minutes(1))).toBe('refused');
  });

  it('is stopped by one person until then', () => {
    const withdrawal = { schema: 1 as const, requestId: request.id, withdrawnBy: ana, withdrawnAtMs: asked + 1 };
    expect(what({ request, approval, withdrawal })).toBe('withdrawn');
  });

  it('needs nobody else where it stops', () => {
    const stop = { ...request, asked: { kind: 'cancel' as const, earthquakeId: 'eq1' } };
    // Whatever time it is for whoever stops, and however long nobody led.
    for (const nowMs of [asked - minutes(60), asked, asked + minutes(60)])
      expect(what({ request: stop }, nowMs)).toBe('carryOut');
    expect(what({ request: { ...request, asked: { kind: 'allClear', earthquakeId: 'eq1' } } })).toBe('wait approval');
  });

  it('is never carried out by one principal alone, whatever stands in the documents', () => {
    const person = fc.constantFrom(...operators);
    const timeMs = fc.integer({ min: asked - minutes(30), max: asked + minutes(30) });
    fc.assert(
      fc.property(person, person, timeMs, timeMs, (requestedBy, approvedBy, approvedAtMs, nowMs) => {
        const own = { ...request, requestedBy };
        const judged = what({ request: own, approval: { ...approval, request: own, approvedBy, approvedAtMs } }, nowMs);
        if (judged === 'carryOut') expect(approvedBy).not.toEqual(requestedBy);
      }),
    );
  });
});

describe('a drill', () => {
  const { solution } = request.asked as Extract<Asked, { kind: 'issue' }>;
  const drillAt = (startAtMs: number, changes: Partial<Extract<Asked, { kind: 'drill' }>> = {}): string => {
    const own = { ...request, asked: { kind: 'drill' as const, startAtMs, country: 'TR', solution, ...changes } };
    return what({ request: own, approval: { ...approval, request: own } }, Math.max(startAtMs, asked));
  };
  const inIstanbul = (time: string): number => Date.parse(`2025-04-24T${time}:00+03:00`);

  it('waits for its time, and is not held when that has passed', () => {
    const startAtMs = inIstanbul('10:00');
    const own = { ...request, asked: { kind: 'drill' as const, startAtMs, country: 'TR', solution } };
    const approved = { request: own, approval: { ...approval, request: own } };
    expect(what(approved, startAtMs - 1)).toBe('wait startTime');
    expect(what(approved, startAtMs)).toBe('carryOut');
    expect(what(approved, startAtMs + minutes(5) + 1)).toBe('expired');
  });

  it('tells nobody between 22 and 7 of its place, from its latest start to its end', () => {
    // A notification is of use for half an hour.
    expect(
      ['06:59', '07:00', '21:24', '21:25', '21:26', '23:00', '03:19'].map((time) => drillAt(inIstanbul(time))),
    ).toEqual([...['quietHours', 'carryOut', 'carryOut', 'quietHours', 'quietHours', 'quietHours', 'quietHours']]);
  });

  it('is not at 03:19 of California because somebody wrote 10:19 UTC', () => {
    const oakland = { ...solution, latitude: 37.8, longitude: -122.3 };
    const startAtMs = Date.parse('2025-09-18T10:19:00Z');
    expect(drillAt(startAtMs, { country: 'US', solution: oakland })).toBe('quietHours');
    expect(drillAt(startAtMs, { country: 'RO', solution: { ...solution, longitude: 26.6 } })).toBe('carryOut');
  });

  it('is not held where alerts are of use from one evening to the next day', () => {
    const long = { notification: { ...policy.notification, usefulSeconds: 20 * 3600 } };
    const own = {
      ...request,
      asked: { kind: 'drill' as const, startAtMs: inIstanbul('12:00'), country: 'TR', solution },
    };
    const open = { id: request.id, request: own, approval: { ...approval, request: own } };
    expect(judgeRequest(open, inIstanbul('12:00'), long)).toEqual({ do: 'end', end: { what: 'quietHours' } });
  });
});
