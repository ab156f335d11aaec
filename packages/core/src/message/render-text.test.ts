import { anAlert, anEndpoint, originTimeMs } from '@quakewire/testing';
import fc from 'fast-check';
import { renderText, type Telling } from './render-text.ts';
import { longestStopUrlCharacters } from './sms.ts';

/** 68 km from a source at 10 km depth: S after 20.1 s. */
const after = (seconds: number): number => originTimeMs + seconds * 1000;
const early = anAlert({ type: 'earlyWarning' });

describe('render text', () => {
  it('says first what to do, then what happened, where and when in local time', () => {
    const reader = anEndpoint(1, { channel: 'telegram' });
    expect(renderText(anAlert(), reader, after(300))).toEqual({
      subject: 'NOTIFICATION: Earthquake M6.2, 68 km W of you, at 12:49:10 UTC+3',
      text: [
        'NOTIFICATION: Drop, cover, hold on if you feel shaking.',
        'Earthquake M6.2, 68 km W of you, at 12:49:10 UTC+3: Marmara Sea.',
        'Intensity expected at your place: about V (MMI).',
        'First values, they may change. Expect aftershocks and follow the instructions of the authorities.',
      ].join('\n'),
    });
  });

  it('warns with whole seconds, never too many, and the instant that stays true', () => {
    expect(renderText(early, anEndpoint(), after(8)).text).toBe(
      'EARLY WARNING: Drop, cover, hold on! Shaking in 12 s, at 12:49:30 UTC+3. M6.2, 68 km W: Marmara Sea',
    );
  });

  it('says EARLY WARNING and seconds only until the S wave reaches the place, then that shaking has probably arrived', () => {
    const at = (seconds: number): string => renderText(early, anEndpoint(), after(seconds)).text;
    expect(at(20)).toMatch(/^EARLY WARNING: .* 1 s, at/);
    expect(at(21)).toMatch(/^NOTIFICATION: Drop, cover, hold on: shaking has probably arrived\./);
    expect(at(79)).toContain('has probably arrived');
    expect(at(82)).not.toContain('arrived');
    fc.assert(
      fc.property(fc.integer({ min: 21, max: 3600 }), fc.constantFrom('en', 'ro'), (seconds, language) => {
        expect(renderText(early, anEndpoint(1, { language }), after(seconds)).text).not.toMatch(
          /EARLY|TIMPURIE| \d+ s, /,
        );
      }),
    );
  });

  it('never calls a notification an early warning, however soon it is sent', () => {
    expect(renderText(anAlert(), anEndpoint(), originTimeMs).text).toMatch(
      /^NOTIFICATION: If it shakes: drop, cover, hold on/,
    );
  });

  it('says an update only to those who were told before, and what was revised', () => {
    const update = anAlert({ kind: 'update', seq: 2, magnitude: 4.1, previousMagnitude: 5.7 });
    const reader = anEndpoint(1, { channel: 'telegram' });
    expect(renderText(update, reader, after(300), { toldBefore: true }).text).toMatch(
      /^UPDATE: Drop, cover, hold on if you feel shaking\. Revised: before M5\.7\.\nEarthquake M4\.1/,
    );
    expect(renderText(update, reader, after(300)).text).toMatch(/^NOTIFICATION: /);
  });

  it('keeps the warning in front in an update of an early warning', () => {
    const update = anAlert({ kind: 'update', type: 'earlyWarning', magnitude: 7, previousMagnitude: 6.2 });
    expect(renderText(update, anEndpoint(1, { channel: 'webhook' }), after(5), { toldBefore: true }).text).toMatch(
      /^UPDATE\. EARLY WARNING: Drop/,
    );
  });

  it('withdraws on a cancel, without an intensity or an instruction to take cover', () => {
    const cancel = anAlert({ kind: 'cancel', seq: 2, type: 'earlyWarning' });
    const { text } = renderText(cancel, anEndpoint(1, { channel: 'email' }), after(5));
    expect(text).toMatch(/^CANCELLED: Our message is withdrawn, nothing is to be done./);
    expect(text).not.toMatch(/Drop|Intensity|EARLY/);
  });

  it('gives the all-clear', () => {
    expect(renderText(anAlert({ kind: 'allClear', seq: 2 }), anEndpoint(), after(500)).text).toMatch(
      /^ALL CLEAR: No further strong shaking is expected/,
    );
  });

  it('speaks Romanian with diacritics, and without them in a text message', () => {
    const text = (channel: 'sms' | 'telegram'): string =>
      renderText(anAlert(), anEndpoint(1, { channel, language: 'ro-MD', country: 'MD' }), after(300)).text;
    expect(text('telegram')).toContain('Cutremur M6,2, la 68 km V de dv., ora 12:49:10 EEST');
    expect(text('telegram')).toContain('țineți-vă bine');
    expect(text('sms')).toMatch(/^NOTIFICARE: Daca se misca: jos, la adapost\. M6,2, 68 km V/);
  });

  it('gives e-mail HTML in which a feed cannot put markup, and the link that ends the subscription', () => {
    const reader = anEndpoint(1, { channel: 'email' });
    const stopUrl = 'https://quake.example/s/abc?a=1&b=2';
    const { html, text } = renderText(anAlert({ region: '<script>&' }), reader, after(300), { stopUrl });
    expect(html).toContain('&lt;script&gt;&amp;');
    expect(html).not.toContain('<script>');
    expect(html).toContain('<a href="https://quake.example/s/abc?a=1&amp;b=2">');
    expect(text).toMatch(/\n\nStop: https:\/\/quake\.example\/s\/abc\?a=1&b=2$/);
  });
});

/** Every template: kind, type, drill or not, told before or not, before and after the S wave, in each language. */
const anything = fc.record({
  alert: fc.record({
    kind: fc.constantFrom('alert', 'update', 'cancel', 'allClear' as const),
    type: fc.constantFrom('earlyWarning', 'notification' as const),
    exercise: fc.boolean(),
    magnitude: fc.double({ min: 9.45, max: 10, noNaN: true }),
    previousMagnitude: fc.constant(9.9),
    region: fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.constant('Ț'.repeat(200))),
  }),
  language: fc.constantFrom('en', 'ro', 'tr'),
  seconds: fc.constantFrom(0, 1, 20, 100, 250, 3_000),
  toldBefore: fc.boolean(),
  hasLink: fc.boolean(),
});
const link = 'https://'.padEnd(longestStopUrlCharacters, 'x');
/** North-west, 1,000 km away, in the zone with the longest name. */
const far = { latitude: 45, longitude: 40, country: 'IN' };

describe('every text', () => {
  it('of a drill begins with EXERCISE, in every channel and language', () => {
    const channels = fc.constantFrom('sms', 'email', 'telegram', 'webhook' as const);
    fc.assert(
      fc.property(channels, anything, (channel, { alert, language, seconds, toldBefore }) => {
        const drill = anAlert({ ...alert, exercise: true });
        const message = renderText(drill, anEndpoint(1, { channel, language }), after(seconds), { toldBefore });
        expect(message.subject).toMatch(/^EXERCI(SE|ȚIU)\. /);
        expect(message.text).toMatch(/^EXERCI(SE|TIU|ȚIU)\. /);
      }),
    );
  });

  it('says nothing of an exercise in a real alert', () => {
    fc.assert(
      fc.property(anything, ({ alert, language, seconds }) => {
        const real = anAlert({ ...alert, region: '', exercise: false });
        expect(renderText(real, anEndpoint(1, { language }), after(seconds)).text).not.toMatch(/EXERCI/);
      }),
    );
  });

  it('is one GSM-7 segment as a text message, with the facts and the link whole, whatever the region is called', () => {
    fc.assert(
      fc.property(anything, ({ alert, language, seconds, toldBefore, hasLink }) => {
        const reader = anEndpoint(1, { channel: 'sms', language, ...far });
        const telling: Telling = { toldBefore, ...(hasLink ? { stopUrl: link } : {}) };
        const { text } = renderText(anAlert(alert), reader, after(seconds), telling);
        expect(text.length).toBeLessThanOrEqual(160);
        expect(text).toMatch(/^[A-Za-z0-9 !"#$%&'()*+,\-./:;<=>?@_]*$/);
        expect(text).toMatch(/ 15:(19|2[0-3]):[0-5][0-9] UTC\+5:30/);
        if (hasLink) expect(text.endsWith(` Stop: ${link}`)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
