import { anAlert, createFakeChannel, createInMemoryRunStore, createStepClock } from '@quakewire/testing';
import { createInMemoryAlertFiles } from '../test/in-memory-alert-files.ts';
import { createBroadcast } from './create-broadcast.ts';

function createWorld() {
  const clock = createStepClock();
  const files = createInMemoryAlertFiles();
  const runs = createInMemoryRunStore();
  const channel = createFakeChannel({ name: 'telegram', clock, latencyMs: 100 });
  const errors: object[] = [];
  let failures = 0;
  const silent = (): void => undefined;
  const broadcast = createBroadcast({
    publication: {
      files,
      sender: { id: 'alerts@quakewire.example', name: 'Test Institute' },
      publisher: { baseUrl: 'https://alerts.quakewire.example', name: 'Test Institute' },
    },
    chats: { channel, chatOf: { ro: '@cutremure', en: '@earthquakes' } },
    ...{ runs, clock },
    log: { debug: silent, info: silent, warn: silent, error: (fields) => void errors.push(fields) },
    onFailure: () => void failures++,
  });
  return { broadcast, clock, files, runs, channel, errors, failures: () => failures };
}

describe('broadcast', () => {
  it('posts and publishes, and has ended when both are done', async () => {
    const { broadcast, clock, files, channel } = createWorld();
    broadcast.start(anAlert(), true);
    await clock.until(broadcast.ended());
    expect(channel.accepted).toHaveLength(2);
    expect(files.bodyOf('cap/eq1.1.xml')).not.toBe('');
    expect(files.bodyOf('alerts.atom')).toContain('cap/eq1.1.xml');
  });

  it('posts nothing again of an alert that was known before, and writes its files again', async () => {
    const { broadcast, clock, files, channel } = createWorld();
    broadcast.start(anAlert(), false);
    await clock.until(broadcast.ended());
    expect(channel.requested).toEqual([]);
    expect(files.bodyOf('cap/eq1.1.xml')).not.toBe('');
  });

  it('refers to the earlier alerts of the earthquake', async () => {
    const { broadcast, clock, files, runs } = createWorld();
    await runs.putAlert(anAlert());
    broadcast.start(anAlert({ seq: 2, kind: 'cancel' }), true);
    await clock.until(broadcast.ended());
    expect(files.bodyOf('cap/eq1.2.xml')).toContain('<references>alerts@quakewire.example,eq1.1,');
  });

  it('throws nothing, says what failed and counts it; one part failing holds up no other', async () => {
    const { broadcast, clock, files, channel, errors, failures } = createWorld();
    channel.setMode('rejecting');
    broadcast.start(anAlert(), true);
    await clock.until(broadcast.ended());
    expect(files.bodyOf('alerts.atom')).not.toBe('');
    files.put = () => Promise.reject(new Error('the bucket is gone'));
    channel.setMode('accepting');
    broadcast.start(anAlert({ seq: 2 }), true);
    await clock.until(broadcast.ended());
    expect(channel.accepted).toHaveLength(2);
    expect(errors).toMatchObject([
      { earthquakeId: 'eq1', seq: 1, what: 'posts', error: expect.stringContaining('fake:optedOut') },
      { earthquakeId: 'eq1', seq: 2, what: 'cap', error: 'the bucket is gone' },
    ]);
    expect(failures()).toBe(2);
  });
});
