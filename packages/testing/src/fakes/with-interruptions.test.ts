import { anEntry, aPageKey } from '../builders.ts';
import { createInMemoryLedger } from './in-memory-ledger.ts';
import { withInterruptions } from './with-interruptions.ts';

const lost = () => {
  throw new Error('no answer');
};

describe('a port with interruptions', () => {
  it('fails before a call is applied', async () => {
    const ledger = createInMemoryLedger();
    const broken = withInterruptions(ledger, { before: lost });
    await expect(broken.claim(aPageKey(), 'a', [anEntry()])).rejects.toThrow('no answer');
    expect(ledger.all()).toEqual([]);
  });

  it('loses the answer of a call that was applied', async () => {
    const ledger = createInMemoryLedger();
    const broken = withInterruptions(ledger, { after: lost });
    await expect(broken.claim(aPageKey(), 'a', [anEntry()])).rejects.toThrow('no answer');
    expect(ledger.all()).toHaveLength(1);
  });

  it('lets another overtake a call', async () => {
    const ledger = createInMemoryLedger();
    const overtaken = withInterruptions(ledger, {
      before: async (method) => {
        if (method === 'claim') await ledger.claim(aPageKey(), 'b', [anEntry()]);
      },
    });
    expect(await overtaken.claim(aPageKey(), 'a', [anEntry()])).toMatchObject({
      applied: false,
      found: { owner: 'b' },
    });
  });

  it('tells what was called, with what, and what came of it', async () => {
    const calls: unknown[] = [];
    const told = withInterruptions(createInMemoryLedger(), { after: (...call) => void calls.push(call) });
    await told.claim(aPageKey(), 'a', []);
    expect(calls).toEqual([['claim', [aPageKey(), 'a', []], { applied: true }]]);
  });
});
