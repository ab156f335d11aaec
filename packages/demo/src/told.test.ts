import { type Alert, leadSeconds, type RunEvidence, renderText } from '@quakewire/core';
import { anAlert, anEndpoint, anEntry, aRun, aSegmentMap, someCounts } from '@quakewire/testing';
import { messagesOf } from './messages-of.ts';
import type { SinkMessage } from './sinks-client.ts';
import type { PlainEndpoint } from './subscribers.ts';
import { toldOf } from './told.ts';
import { isCalledExercise, whatIsSaid } from './what-is-said.ts';

const origin = { ...anAlert().hypocentre, depthKm: 94 };
const alertOf = (seq: number, changes: Partial<Alert> = {}): Alert =>
  anAlert({
    ...{ seq, hypocentre: origin, type: 'earlyWarning', exercise: true },
    ...{ issuedAtMs: origin.originTimeMs + 10_000 * seq, expiresAtMs: origin.originTimeMs + 600_000, ...changes },
  });
const reader = ({ sealedAddress: _sealed, ...row }: ReturnType<typeof anEndpoint>, address: string): PlainEndpoint => ({
  ...row,
  address,
});
const endpoint = reader(anEndpoint(1, { language: 'ro' }), '+40700000001');

const evidenceOf = (alert: Alert, sentAtMs: number): RunEvidence => ({
  run: aRun({ seq: alert.seq }),
  map: aSegmentMap(),
  ledger: {
    pages: [
      {
        key: { earthquakeId: 'eq1', seq: alert.seq, channel: 'sms', segmentId: 0, page: 0 },
        ...{ state: 'settled', epoch: 1, beat: 0, owner: 'a', resent: false, version: 1 },
        entries: [anEntry(1, { outcome: 'accepted', sentAtMs }), anEntry(2, { outcome: 'superseded' })],
      },
    ],
    pending: [],
    handOvers: [],
    counts: someCounts(1),
  },
});
const messageAt = (arrivedAtMs: number, text: string): SinkMessage => ({
  ...{ channel: 'sms', to: endpoint.address, messageId: `m${arrivedAtMs}` },
  ...{ arrivedAtMs, text },
});
const wordsOf = (alert: Alert, atMs: number): string => renderText(alert, endpoint, atMs).text;

describe('what people were told', () => {
  const [first, cancel] = [alertOf(1), alertOf(2, { kind: 'cancel' })];
  const [firstAtMs, cancelAtMs] = [origin.originTimeMs + 10_500, origin.originTimeMs + 20_500];
  const told = messagesOf(
    [
      { alert: first, evidence: [evidenceOf(first, firstAtMs)] },
      { alert: cancel, evidence: [evidenceOf(cancel, cancelAtMs)] },
    ],
    [endpoint],
    [messageAt(cancelAtMs, wordsOf(cancel, cancelAtMs)), messageAt(firstAtMs, wordsOf(first, firstAtMs))],
  );

  it('is read from the messages, each of its own alert', () => {
    expect(toldOf(first, told)).toMatchObject({
      ...{ messages: 1, said: { earlyWarning: 1, cancelled: 0 }, notCalledExercise: 0 },
      ...{ decidedAfterSeconds: 10, blindZoneKm: 0 },
    });
    expect(toldOf(cancel, told)).toMatchObject({ messages: 1, said: { earlyWarning: 0, cancelled: 1 } });
  });

  it('says how long before the S wave a warning came, ring by ring', () => {
    const { leadSeconds: lead, rings } = toldOf(first, told);
    expect(lead?.median).toBeCloseTo(leadSeconds(origin, endpoint, firstAtMs), 6);
    expect(rings.map(({ messages }) => messages)).toEqual([0, 1, 0, 0, 0, 0]);
  });
});

describe('the words of a message', () => {
  const lateMs = origin.originTimeMs + 60_000;

  it.each(['sms', 'email', 'telegram', 'webhook'] as const)('are understood on %s, in both languages', (channel) => {
    for (const language of ['ro', 'en']) {
      const at = (alert: Alert, nowMs: number): string =>
        renderText(alert, { ...endpoint, channel, language }, nowMs).text;
      expect(whatIsSaid(at(alertOf(1), origin.originTimeMs + 10_000))).toBe('earlyWarning');
      expect(whatIsSaid(at(alertOf(1), lateMs))).toBe('probablyArrived');
      expect(whatIsSaid(at(alertOf(1, { kind: 'cancel' }), lateMs))).toBe('cancelled');
      expect(whatIsSaid(at(alertOf(1, { type: 'notification' }), lateMs + 600_000))).toBe('otherwise');
      expect(isCalledExercise(at(alertOf(1), lateMs))).toBe(true);
      expect(isCalledExercise(at(alertOf(1, { exercise: false }), lateMs))).toBe(false);
    }
  });
});
