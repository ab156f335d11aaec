import { readFileSync } from 'node:fs';
import { anAlert, originTimeMs } from '@quakewire/testing';
import fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { capMessage } from './cap-message.ts';

const schema = readFileSync(new URL('../../fixtures/CAP-v1.2.xsd', import.meta.url), 'utf8');
const sender = { id: 'alerts@quakewire.example', name: 'Test Institute' };

/** What the schema objects to, by libxml2. */
const objections = async (...messages: string[]): Promise<unknown> => {
  const xml = messages.map((contents, at) => ({ fileName: `${at}.xml`, contents }));
  return (await validateXML({ xml, schema })).errors;
};

/** The content of an element that occurs once or more. */
const contents = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);

describe('CAP message', () => {
  it('fits the OASIS schema for every kind of alert, whatever the region is called', async () => {
    const alerts = fc.sample(
      fc.record({
        kind: fc.constantFrom('alert', 'update', 'cancel', 'allClear' as const),
        type: fc.constantFrom('earlyWarning', 'notification' as const),
        exercise: fc.boolean(),
        magnitude: fc.double({ min: -2, max: 10, noNaN: true }),
        region: fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constant('a < b & c > ]]> "d"')),
        areaRadiusKm: fc.double({ min: 0.001, max: 20_000, noNaN: true }),
      }),
      150,
    );
    const earlier = [{ earthquakeId: 'eq1', seq: 1, issuedAtMs: originTimeMs }];
    const messages = alerts.map((alert) => capMessage(anAlert({ ...alert, seq: 2 }), sender, earlier));
    expect(await objections(...messages)).toEqual([]);
  }, 60_000);

  it('is not accepted by the schema when an element is missing: the check can fail', async () => {
    const broken = capMessage(anAlert(), sender, []).replace(/<msgType>.*<\/msgType>/, '');
    expect(await objections(broken)).not.toEqual([]);
  });

  it('refers to every earlier message of the earthquake, and names the earthquake', () => {
    const xml = capMessage(anAlert({ kind: 'update', seq: 3 }), sender, [
      { earthquakeId: 'eq1', seq: 1, issuedAtMs: originTimeMs },
      { earthquakeId: 'eq1', seq: 2, issuedAtMs: originTimeMs + 1_500 },
    ]);
    expect(contents(xml, 'msgType')).toEqual(['Update']);
    expect(contents(xml, 'identifier')).toEqual(['eq1.3']);
    expect(contents(xml, 'incidents')).toEqual(['eq1']);
    expect(contents(xml, 'references')).toEqual([
      'alerts@quakewire.example,eq1.1,2025-04-23T09:49:10-00:00 alerts@quakewire.example,eq1.2,2025-04-23T09:49:11-00:00',
    ]);
  });

  it('withdraws by Cancel, with status Actual and a note that says why', () => {
    const xml = capMessage(anAlert({ kind: 'cancel', seq: 2 }), sender, [anAlert()]);
    expect(contents(xml, 'msgType')).toEqual(['Cancel']);
    expect(contents(xml, 'status')).toEqual(['Actual']);
    expect(contents(xml, 'note')).toHaveLength(1);
    expect(contents(xml, 'urgency')).toEqual(['Past', 'Past']);
  });

  it('marks a drill as Exercise, and says so first in every language', () => {
    const xml = capMessage(anAlert({ exercise: true, type: 'earlyWarning' }), sender, []);
    expect(contents(xml, 'status')).toEqual(['Exercise']);
    for (const headline of contents(xml, 'headline')) expect(headline).toMatch(/^EXERCI(SE|ȚIU)\. /);
  });

  it('tells an early warning, which asks for shelter at once, from a notification', () => {
    const elements = (type: 'earlyWarning' | 'notification'): string[] => {
      const xml = capMessage(anAlert({ type }), sender, []);
      return [...contents(xml, 'urgency'), ...contents(xml, 'responseType')];
    };
    expect(elements('earlyWarning')).toEqual(['Immediate', 'Immediate', 'Shelter', 'Shelter']);
    expect(elements('notification')).toEqual(['Past', 'Past', 'Monitor', 'Monitor']);
  });

  it('draws a circle that is never empty', () => {
    expect(contents(capMessage(anAlert({ areaRadiusKm: 0.2 }), sender, []), 'circle')).toEqual([
      '40.85,28.2 1',
      '40.85,28.2 1',
    ]);
  });
});
