import type { Delivery } from '@quakewire/core';
import { createStepClock } from '@quakewire/testing';
import { createBeat } from './create-beat.ts';

const silent = (): void => undefined;

function createWorld(receivers: Record<string, 'answers' | 'refuses' | 'hangs'>) {
  const clock = createStepClock();
  const warnings: object[] = [];
  const reached: string[] = [];
  const beat = createBeat({
    channel: {
      async beat(address, signal): Promise<Delivery> {
        reached.push(address);
        if (receivers[address] === 'answers') return { outcome: 'accepted', messageId: '' };
        if (receivers[address] === 'refuses') return { outcome: 'transient', reason: 'webhook:503' };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        return { outcome: 'ambiguous', reason: 'network:ABORT_ERR' };
      },
    },
    readReceivers: async () => Object.keys(receivers),
    clock,
    log: { debug: silent, info: silent, warn: (fields) => void warnings.push(fields), error: silent },
  });
  return { clock, warnings, reached, receivers, beat: (ageMs = 0) => clock.until(beat(clock.wallMs() - ageMs)) };
}

describe('heartbeats to receivers', () => {
  it('reach everybody who is on the list by now', async () => {
    const world = createWorld({ 'https://one.example/hook': 'answers' });
    await world.beat();
    world.receivers['https://two.example/hook'] = 'answers';
    await world.beat();
    expect(world.reached.map((address) => new URL(address).host)).toEqual([
      'one.example',
      'one.example',
      'two.example',
    ]);
    expect(world.warnings).toEqual([]);
  });

  it('are not made of what waited in Kafka: it shows that something does not live', async () => {
    const world = createWorld({ 'https://one.example/hook': 'answers' });
    await world.beat(61_000);
    expect(world.reached).toEqual([]);
  });

  it('that nobody takes are said, by their position and without their address, and hold up no other', async () => {
    const world = createWorld({ a: 'hangs', b: 'answers', c: 'refuses' });
    await world.beat();
    expect(world.clock.monotonicMs()).toBe(5_000);
    expect(world.reached).toEqual(['a', 'b', 'c']);
    expect(world.warnings).toEqual([
      {
        receivers: 3,
        missed: [
          { position: 0, reason: 'network:ABORT_ERR' },
          { position: 2, reason: 'webhook:503' },
        ],
      },
    ]);
  });
});
