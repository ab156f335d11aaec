import { aBulletin, createStepClock } from '@quakewire/testing';
import { createInbox } from './inbox.ts';

const until = new AbortController().signal;

describe('inbox', () => {
  it('gives the largest first, then in the order of arrival', async () => {
    const clock = createStepClock();
    const inbox = createInbox(clock, 60_000);
    const [small, large, equal] = [4.5, 6.2, 6.2].map((magnitude, index) =>
      aBulletin({ id: `id${index}`, magnitude, receivedAtMs: clock.wallMs() }),
    );
    for (const bulletin of [small, large, equal]) if (bulletin) inbox.put(bulletin);
    expect([await inbox.take(until), await inbox.take(until), await inbox.take(until)]).toEqual([large, equal, small]);
  });

  it('waits for the next', async () => {
    const clock = createStepClock();
    const inbox = createInbox(clock, 60_000);
    const taken = inbox.take(until);
    const bulletin = aBulletin({ receivedAtMs: clock.wallMs() });
    inbox.put(bulletin);
    expect(await taken).toEqual(bulletin);
  });

  it('drops what arrived too long ago, so that a standby that waits for hours does not grow', async () => {
    const clock = createStepClock();
    const inbox = createInbox(clock, 60_000);
    inbox.put(aBulletin({ id: 'old', magnitude: 9, receivedAtMs: clock.wallMs() }));
    await clock.advance(60_001);
    inbox.put(aBulletin({ id: 'new', receivedAtMs: clock.wallMs() }));
    expect(await inbox.take(until)).toMatchObject({ id: 'new' });
  });

  it('ends the wait when it is told to', async () => {
    const stop = new AbortController();
    const taken = createInbox(createStepClock(), 60_000).take(stop.signal);
    stop.abort(new Error('the shift ends'));
    await expect(taken).rejects.toThrow('the shift ends');
  });
});
