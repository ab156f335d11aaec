import { createFakeChannel, createStepClock } from '@quakewire/testing';
import { measureSends } from './send-measurements.ts';

const notification = {
  address: '+40720000001',
  message: { subject: 'Earthquake', text: 'Earthquake' },
  exercise: false,
  reference: 'quake/1/sms/0/0/0',
  validForSeconds: 60,
};
const startMs = 1_000_000;

async function sendThrough(latencyMs: number, modes: Parameters<ReturnType<typeof createFakeChannel>['setMode']>[0][]) {
  const clock = createStepClock(startMs);
  const provider = createFakeChannel({ clock, latencyMs });
  const { channel, take } = measureSends(provider, clock);
  const answers: string[] = [];
  for (const mode of modes) {
    provider.setMode(mode);
    answers.push((await clock.until(channel.deliver(notification, AbortSignal.timeout(60_000)))).outcome);
  }
  return { answers, take };
}

describe('measuring sends', () => {
  it('counts accepted sends by how long the provider took, and says when', async () => {
    const { take } = await sendThrough(250, ['accepting', 'accepting']);
    expect(take()).toEqual({
      byLatency: [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0],
      firstSentAtMs: startMs,
      lastAnsweredAtMs: startMs + 500,
    });
  });

  it('passes every answer on, and counts neither refusals nor outages', async () => {
    const { answers, take } = await sendThrough(10, ['rejecting', 'throttling', 'refusing']);
    expect(answers).toEqual(['rejected', 'throttled', 'transient']);
    expect(take()).toBeUndefined();
  });

  it('puts what took longer than every bound at the end', async () => {
    const { take } = await sendThrough(5_001, ['accepting']);
    expect(take()?.byLatency.at(-1)).toBe(1);
  });

  it('begins anew when it was taken', async () => {
    const { take } = await sendThrough(10, ['accepting']);
    take();
    expect(take()).toBeUndefined();
  });
});
