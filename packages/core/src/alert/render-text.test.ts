import { anAlert, anEndpoint, originTimeMs } from '@quakewire/testing';
import fc from 'fast-check';
import { renderText } from './render-text.ts';

const now = originTimeMs + 10_000;
const early = anAlert({ type: 'earlyWarning' });

describe('render text', () => {
  it('says first what to do, then what happened, where and when', () => {
    expect(renderText(anAlert(), anEndpoint(), now)).toEqual({
      subject: 'NOTIFICATION',
      text:
        'NOTIFICATION: Drop, cover, hold on if you feel shaking. ' +
        'Earthquake M6.2, 68 km W of you, origin 09:49:10 UTC: Marmara Sea',
    });
  });

  it('says EARLY WARNING only until the S wave reaches the place', () => {
    // 68 km from a source at 10 km depth: S after 20.1 s.
    const at = (seconds: number): string => renderText(early, anEndpoint(), originTimeMs + seconds * 1000).text;
    expect(at(19)).toMatch(/^EARLY WARNING: Drop, cover, hold on!/);
    expect(at(21)).toMatch(/^NOTIFICATION: Drop, cover, hold on if you feel shaking/);
  });

  it('never calls a notification an early warning, however soon it is sent', () => {
    expect(renderText(anAlert(), anEndpoint(), originTimeMs).text).toMatch(/^NOTIFICATION/);
  });

  it('begins a drill with EXERCISE, in every channel and language', () => {
    const channels = fc.constantFrom('sms', 'email', 'telegram', 'webhook' as const);
    fc.assert(
      fc.property(channels, fc.constantFrom('en', 'ro', 'tr'), fc.boolean(), (channel, language, isEarly) => {
        const drill = anAlert({ exercise: true, type: isEarly ? 'earlyWarning' : 'notification' });
        const message = renderText(drill, anEndpoint(1, { channel, language }), now);
        expect(message.subject).toMatch(/^EXERCI[ST]|^EXERCIȚIU/);
        expect(message.text).toMatch(/^EXERCI(SE|TIU|ȚIU)\. /);
      }),
    );
  });

  it('speaks Romanian with diacritics, and without them in an SMS', () => {
    const text = (channel: 'sms' | 'telegram'): string =>
      renderText(anAlert(), anEndpoint(1, { channel, language: 'ro-MD' }), now).text;
    expect(text('telegram')).toContain('Cutremur M6,2, la 68 km V de dv.');
    expect(text('telegram')).toContain('țineți-vă bine');
    expect(text('sms')).toContain('tineti-va bine');
  });

  it('keeps an SMS within one GSM-7 segment whatever the region is called, and never cuts the facts', () => {
    const regions = fc.string({ unit: 'grapheme', maxLength: 300 });
    const reader = anEndpoint(1, { channel: 'sms', latitude: 49, longitude: 35 });
    fc.assert(
      fc.property(
        regions,
        fc.constantFrom('en', 'ro'),
        fc.boolean(),
        fc.boolean(),
        (region, language, exercise, isEarly) => {
          const alert = anAlert({ region, exercise, type: isEarly ? 'earlyWarning' : 'notification' });
          const { text } = renderText(alert, { ...reader, language }, now);
          expect(text.length).toBeLessThanOrEqual(160);
          expect(text).toMatch(/^[A-Za-z0-9 !"#$%&'()*+,\-./:;<=>?@_]*$/);
          expect(text).toContain('09:49:10 UTC');
        },
      ),
    );
  });

  it('gives e-mail HTML in which a feed cannot put markup', () => {
    const { html } = renderText(anAlert({ region: '<script>&' }), anEndpoint(1, { channel: 'email' }), now);
    expect(html).toContain('&lt;script&gt;&amp;');
    expect(html).not.toContain('<script>');
  });
});
