import { anAlert, createFakeChannel, createStepClock, type ProviderMode } from '@quakewire/testing';
import { postToChats } from './post-to-chats.ts';

const chatOf = { ro: '@cutremure', en: '@earthquakes' };

function chats(...modes: ProviderMode[]) {
  const clock = createStepClock();
  const channel = createFakeChannel({ name: 'telegram', clock, modeFor: () => modes.shift() ?? 'accepting' });
  return { clock, channel, post: (alert = anAlert()) => clock.until(postToChats(alert, { channel, chatOf }, clock)) };
}

describe('posts to public chats', () => {
  it('are one a language, with what to do', async () => {
    const { channel, post } = chats();
    await post();
    expect(channel.accepted.map(({ address }) => address)).toEqual(['@cutremure', '@earthquakes']);
    const [romanian, english] = channel.accepted.map(({ message }) => message.text);
    expect(romanian).toMatch(/^NOTIFICARE: .*M6,2.*\n/);
    expect(english).toMatch(/^NOTIFICATION: .*M6\.2.*\n.*Drop, cover, hold on/);
  });

  it('are left out where a language has no chat', async () => {
    const { channel, clock } = chats();
    await clock.until(postToChats(anAlert(), { channel, chatOf: { ro: '@cutremure' } }, clock));
    expect(channel.accepted.map(({ address }) => address)).toEqual(['@cutremure']);
  });

  it('of a drill begin with its word', async () => {
    const { channel, post } = chats();
    await post(anAlert({ exercise: true }));
    for (const { message, exercise } of channel.accepted) {
      expect(message.text).toMatch(/^EXERCI(SE|ȚIU)\. /);
      expect(exercise).toBe(true);
    }
  });

  it('make no sound for an update that changes little', async () => {
    const { channel, post } = chats();
    const update = { kind: 'update', previousType: 'notification', previousMagnitude: 6.2 } as const;
    await post(anAlert({ ...update, seq: 2, magnitude: 6.4 }));
    await post(anAlert({ ...update, seq: 3, magnitude: 6.9 }));
    expect(channel.accepted.map(({ isSilent }) => isSilent)).toEqual([true, true, false, false]);
  });

  it('are tried again while nothing was posted for certain', async () => {
    const { channel, post } = chats('throttling', 'refusing', 'throttling');
    await post();
    expect(channel.accepted).toHaveLength(2);
  });

  it.each([
    ['rejecting', 'fake:optedOut'],
    ['hanging', 'network:ABORT_ERR'],
    ['cutting', 'network:ECONNRESET'],
  ] as const)('that may be there, or never will, are not repeated (%s)', async (mode, reason) => {
    const { channel, post } = chats(mode);
    await expect(post()).rejects.toThrow(`not posted: ro: ${reason}`);
    expect(channel.requested).toHaveLength(2);
    expect(channel.accepted).toHaveLength(1);
  });

  it('are given up after three attempts', async () => {
    const { channel, post } = chats(...Array.from({ length: 6 }, (): ProviderMode => 'throttling'));
    await expect(post()).rejects.toThrow('not posted: ro: fake:tooFast; en: fake:tooFast');
    expect(channel.requested).toHaveLength(6);
  });
});
