import type { Channel, Delivery, Notification } from '@quakewire/core';
import type { ProviderMode } from '../fakes/fake-channel.ts';

/** A channel with its provider at the other end. */
export interface ChannelSubject {
  readonly channel: Channel;
  /** A well-formed address that was not given before. */
  address(): string;
  setMode(mode: ProviderMode): Promise<void>;
  /** Addresses of the messages that the provider has accepted. */
  accepted(): readonly string[];
  /** How many requests the provider has seen. */
  requests(): number;
  /** Resolves when the next request has arrived at the provider. */
  nextRequest(): Promise<void>;
  /** What this provider's "too fast" means, and whether it says when to come back. */
  readonly throttling: { outcome: 'throttled' | 'transient'; tellsWhen: boolean };
  stop(): Promise<void>;
}

const never = (): AbortSignal => new AbortController().signal;

const notificationTo = (address: string): Notification => ({
  address,
  message: {
    subject: 'Earthquake near Brașov',
    text: 'Cutremur M5,4 lângă Brașov. Shaking in 12 s.',
    html: '<p>ș</p>',
  },
  exercise: true,
  reference: 'event-1.1.sms.3.2.0123456789abcdef',
  validForSeconds: 120,
});

/** Everything that must not leave the adapter: the address and its telling parts. */
const partsOf = (address: string): string[] =>
  [address, ...address.split(/[@/]/)].filter((part) => part.length > 3 && /\d/.test(part));

/** What the port `Channel` promises, for any implementation with any provider. */
export const channelContract = (name: string, createSubject: () => Promise<ChannelSubject>): void => {
  describe(`${name} keeps the contract of a channel`, () => {
    let subject: ChannelSubject;
    beforeAll(async () => {
      subject = await createSubject();
    });
    afterAll(() => subject.stop());

    const deliver = (address: string, signal = never()): Promise<Delivery> =>
      subject.channel.deliver(notificationTo(address), signal);

    it('reports an accepted message as accepted, and the provider has it once', async () => {
      await subject.setMode('accepting');
      const address = subject.address();
      const delivery = await deliver(address);
      expect(delivery).toEqual({ outcome: 'accepted', messageId: expect.any(String) });
      expect(subject.accepted().filter((to) => to === address)).toHaveLength(1);
    });

    it('gives each accepted message its own id, unless the provider gives none', async () => {
      await subject.setMode('accepting');
      const deliveries = await Promise.all([deliver(subject.address()), deliver(subject.address())]);
      const ids = deliveries.map((delivery) => delivery.outcome === 'accepted' && delivery.messageId);
      expect(new Set(ids).size).toBe(ids.every((id) => id === '') ? 1 : 2);
    });

    it('reports an address that the provider refuses for good as rejected and unusable', async () => {
      await subject.setMode('rejecting');
      const delivery = await deliver(subject.address());
      expect(delivery).toMatchObject({ outcome: 'rejected', endpointUnusable: true });
    });

    it('reports "too fast" as not sent, with the wait when the provider says one', async () => {
      await subject.setMode('throttling');
      const delivery = await deliver(subject.address());
      expect(delivery.outcome).toBe(subject.throttling.outcome);
      const waitMs = 'retryAfterMs' in delivery ? delivery.retryAfterMs : undefined;
      if (subject.throttling.tellsWhen) expect(waitMs).toBeGreaterThan(0);
      else expect(waitMs).toBeUndefined();
    });

    it('reports a refused connection as transient: nobody saw the message', async () => {
      await subject.setMode('refusing');
      expect(await deliver(subject.address())).toMatchObject({ outcome: 'transient' });
    });

    it('reports a call that was given up before it began as transient, and the provider never sees it', async () => {
      await subject.setMode('accepting');
      const before = subject.requests();
      expect(await deliver(subject.address(), AbortSignal.abort())).toMatchObject({ outcome: 'transient' });
      expect(subject.requests()).toBe(before);
    });

    it('reports a time-out after the request was written as ambiguous', async () => {
      await subject.setMode('hanging');
      const timeOut = new AbortController();
      const arrived = subject.nextRequest();
      const delivery = deliver(subject.address(), timeOut.signal);
      await arrived;
      timeOut.abort();
      expect(await delivery).toMatchObject({ outcome: 'ambiguous' });
    });

    it('reports a connection cut instead of an answer as ambiguous, and does not send again', async () => {
      await subject.setMode('cutting');
      const before = subject.requests();
      expect(await deliver(subject.address())).toMatchObject({ outcome: 'ambiguous' });
      expect(subject.requests()).toBe(before + 1);
    });

    it('does not send again by itself after a throttle answer', async () => {
      await subject.setMode('throttling');
      const before = subject.requests();
      await deliver(subject.address());
      expect(subject.requests()).toBe(before + 1);
    });

    it('works again as soon as the provider does', async () => {
      await subject.setMode('refusing');
      await deliver(subject.address());
      await subject.setMode('accepting');
      expect(await deliver(subject.address())).toMatchObject({ outcome: 'accepted' });
    });

    it.each(['rejecting', 'throttling', 'refusing', 'cutting'] as const)(
      'tells nothing of the address when the provider is %s',
      async (mode) => {
        await subject.setMode(mode);
        const address = subject.address();
        const told = JSON.stringify(await deliver(address));
        for (const part of partsOf(address)) expect(told).not.toContain(part);
      },
    );

    it.each(['', ' ', 'not an address', 'a\r\nb', '\u0000', 'https://', '@', '+', '💥'])(
      'answers instead of throwing for the address %j',
      async (address) => {
        await subject.setMode('accepting');
        expect(await deliver(address)).toHaveProperty('outcome');
      },
    );
  });
};
