/** What people were told wrongly or too late elsewhere, replayed in our words: reconstructions. */
import { aBulletin, anAlert, anEndpoint, originTimeMs } from '@quakewire/testing';
import { isQuietUpdate } from '../src/alert/quiet-update.ts';
import type { Endpoint } from '../src/endpoint.ts';
import { renderText } from '../src/message/render-text.ts';
import { createReceivingWorld } from './receiving-world.ts';

const after = (seconds: number): number => originTimeMs + seconds * 1000;
const { hypocentre: epicentre } = anAlert();
const near: Partial<Endpoint> = { latitude: epicentre.latitude, longitude: epicentre.longitude };
const languages = ['en', 'ro'];
const channels = ['sms', 'telegram', 'email', 'webhook'] as const;
const everywhere = channels.flatMap((channel) => languages.map((language) => ({ channel, language })));

describe('incidents, in what people read', () => {
  it.each(everywhere)('Carson City 2025: a withdrawal has its words ready, by %j', (reader) => {
    const cancel = anAlert({ kind: 'cancel', seq: 2, type: 'earlyWarning' });
    const { text, subject } = renderText(cancel, anEndpoint(1, reader), after(60), { toldBefore: true });
    expect(subject).toMatch(/^(CANCELLED|ANULARE)/);
    expect(text).toMatch(/withdrawn|retrag|retras/);
    expect(text).not.toMatch(/Drop|Jos|EARLY|TIMPURIE/);
  });

  it.each(everywhere)(
    'GlobalQuake#319: the S wave passed 3 s before, and nobody reads of seconds left, by %j',
    (reader) => {
      const warning = anAlert({ type: 'earlyWarning' });
      // At the epicentre the S wave takes about 3 s from 10 km depth.
      const { text } = renderText(warning, anEndpoint(1, { ...reader, ...near }), after(6));
      expect(text).toMatch(/probably arrived|probabil/);
      expect(text).not.toMatch(/EARLY|TIMPURIE|\d+ s,/);
    },
  );

  it.each(everywhere)('MyShake 2019, SASMEX 2024: a drill says so before anything else, by %j', (reader) => {
    const drill = anAlert({ exercise: true, type: 'earlyWarning' });
    const message = renderText(drill, anEndpoint(1, reader), after(5));
    expect(message.text).toMatch(/^EXERCI(SE|TIU|ȚIU)\./);
    expect(message.subject).toMatch(/^EXERCI(SE|TIU|ȚIU)\./);
  });

  it('Sacramento 2023: 5.7 became 4.1, and the text says that it was revised', () => {
    const revised = anAlert({ kind: 'update', seq: 2, magnitude: 4.1, previousMagnitude: 5.7 });
    for (const reader of everywhere) {
      const { text } = renderText(revised, anEndpoint(1, reader), after(90), { toldBefore: true });
      expect(text).toMatch(/5[.,]7/);
      expect(text).toMatch(/4[.,]1/);
    }
  });

  it('YDITS-Web#95: no sound on each update, one on an escalation and on a cancel', () => {
    const update = { kind: 'update', type: 'notification', previousType: 'notification', magnitude: 6.4 } as const;
    expect(isQuietUpdate({ ...update, previousMagnitude: 6.1 })).toBe(true);
    expect(isQuietUpdate({ ...update, previousMagnitude: 5.8 })).toBe(false);
    expect(isQuietUpdate({ ...update, type: 'earlyWarning', previousMagnitude: 6.4 })).toBe(false);
    expect(isQuietUpdate({ ...update, kind: 'cancel', previousMagnitude: 6.4 })).toBe(false);
  });

  it('nina-matrix-bot#7: a newer version in which nothing but its date changed is told to nobody', async () => {
    const world = createReceivingWorld();
    await world.receive(aBulletin());
    expect(await world.receive(aBulletin({ version: after(600) }))).toMatchObject({ none: 'alreadyAlerted' });
    expect(world.told()).toEqual(['alert M6.2']);
  });

  it('a lock screen shows what to do, how large it was and where, whatever the channel', () => {
    for (const reader of everywhere) {
      const { subject, text } = renderText(anAlert({ type: 'earlyWarning' }), anEndpoint(1, reader), after(8));
      const seen = reader.channel === 'sms' ? text.slice(0, 120) : `${subject} ${text}`.slice(0, 120);
      expect(seen).toMatch(/^EARLY WARNING|^AVERTIZARE/);
      expect(seen).toMatch(/M6[.,]2/);
      expect(seen).toMatch(/68 km/);
    }
  });

  it('Los Angeles 2017: the earthquake of 1925 came dated 2025, and is in the future', async () => {
    const world = createReceivingWorld();
    const in2025 = { ...epicentre, originTimeMs: originTimeMs + 8 * 365 * 86_400_000 };
    expect(await world.receive(aBulletin({ magnitude: 6.8, hypocentre: in2025 }))).toMatchObject({
      none: 'originInFuture',
    });
  });

  it.each(everywhere)(
    'EQMonitor#34: what is coming and what was are told apart by the first words, by %j',
    (reader) => {
      const first = (type: 'earlyWarning' | 'notification') =>
        renderText(anAlert({ type }), anEndpoint(1, reader), after(5)).text.split(':')[0];
      expect(first('earlyWarning')).toMatch(/^(EARLY WARNING|AVERTIZARE TIMPURIE)$/);
      expect(first('notification')).toMatch(/^(NOTIFICATION|NOTIFICARE)$/);
    },
  );

  it('Vrancea 2018-10-28: 03:38 came twice that night, and the text says which one it was', () => {
    const bucharest = anEndpoint(1, { channel: 'telegram', country: 'RO', latitude: 44.43, longitude: 26.1 });
    const said = (time: string): string => {
      const originTimeMs = Date.parse(time);
      const alert = anAlert({ hypocentre: { latitude: 45.61, longitude: 26.41, depthKm: 148, originTimeMs } });
      return renderText(alert, bucharest, originTimeMs + 300_000).text;
    };
    expect(said('2018-10-28T00:38:11Z')).toContain('03:38:11 EEST');
    expect(said('2018-10-28T01:38:11Z')).toContain('03:38:11 EET');
  });
});
