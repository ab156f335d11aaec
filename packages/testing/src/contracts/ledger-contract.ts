import type { Entry, Holding, Ledger, PageKey, PageRecord, Written } from '@quakewire/core';
import { anEntry, aPageKey, aRowKey } from '../builders.ts';
import { uniqueName } from '../unique-name.ts';

const three = (outcome: Entry['outcome'] = 'open'): Entry[] => [1, 2, 3].map((number) => anEntry(number, { outcome }));
const applied: Written = { applied: true };

/** What the port `Ledger` promises, for any implementation. */
export function ledgerContract(name: string, createLedger: () => Promise<Ledger>): void {
  describe(`${name} keeps the contract of the ledger`, () => {
    let ledger: Ledger;
    beforeAll(async () => {
      ledger = await createLedger();
    });

    const newKey = (): PageKey => aPageKey({ earthquakeId: uniqueName('eq') });
    const read = async (key: PageKey): Promise<PageRecord> => {
      const page = await ledger.read(key);
      if (!page) throw new Error('the page item should exist');
      return page;
    };
    const claimed = async (owner = 'a'): Promise<Holding> => {
      const key = newKey();
      expect(await ledger.claim(key, owner, three())).toEqual(applied);
      return { key, epoch: 1, owner };
    };
    const handedBack = async (): Promise<Holding> => {
      const holding = await claimed();
      const entries = [anEntry(1, { outcome: 'accepted' }), anEntry(2, { outcome: 'notTried' })];
      expect(await ledger.settle(holding, [...entries, anEntry(3, { outcome: 'belowThreshold' })])).toEqual(applied);
      return holding;
    };

    describe('a first claim', () => {
      it('writes the page in flight with all its endpoints, at epoch 1', async () => {
        const { key } = await claimed();
        expect(await read(key)).toEqual({
          ...{ key, state: 'inFlight', epoch: 1, beat: 0, owner: 'a', resent: false, version: 0 },
          entries: three(),
        });
      });

      it('is refused when the page has an item, and shows it', async () => {
        const { key } = await claimed('a');
        expect(await ledger.claim(key, 'b', three())).toEqual({ applied: false, found: await read(key) });
      });

      it('asked again by the same claim says that it was applied', async () => {
        const { key } = await claimed('a');
        expect(await ledger.claim(key, 'a', three())).toEqual(applied);
      });

      it('is won by exactly one of several at once', async () => {
        const key = newKey();
        const answers = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => ledger.claim(key, owner, three())));
        expect(answers.filter((answer) => answer.applied)).toHaveLength(1);
      });

      it('of a page without rows is a page like any other', async () => {
        const key = newKey();
        expect(await ledger.claim(key, 'a', [])).toEqual(applied);
        expect(await ledger.settle({ key, epoch: 1, owner: 'a' }, [])).toEqual(applied);
        expect(await read(key)).toMatchObject({ state: 'settled', entries: [] });
      });
    });

    describe('a page settled without a claim', () => {
      it('is written once, as settled', async () => {
        const key = newKey();
        expect(await ledger.settleUnsent(key, 'a', three('expired'))).toEqual(applied);
        expect(await read(key)).toMatchObject({ state: 'settled', epoch: 1, entries: three('expired') });
        expect(await ledger.settleUnsent(key, 'a', three('expired'))).toEqual(applied);
      });

      it('is refused when the page was claimed before', async () => {
        const { key } = await claimed('a');
        expect(await ledger.settleUnsent(key, 'b', three('expired'))).toMatchObject({ applied: false });
        expect(await read(key)).toMatchObject({ state: 'inFlight', owner: 'a' });
      });
    });

    describe('settling', () => {
      it('keeps every outcome, reason, message id and send time', async () => {
        const holding = await claimed();
        const entries = [
          anEntry(1, { outcome: 'accepted', messageId: `SM${'0a'.repeat(16)}`, sentAtMs: 1_745_401_800_000 }),
          anEntry(2, { outcome: 'rejected', reason: 'blocked', sentAtMs: 1_745_401_800_500 }),
          anEntry(3, { outcome: 'accepted', messageId: 'of another form', sentAtMs: 1_745_401_801_230 }),
        ];
        expect(await ledger.settle(holding, entries)).toEqual(applied);
        expect(await read(holding.key)).toMatchObject({ state: 'settled', epoch: 1, entries });
      });

      it('hands the page back when an endpoint is left', async () => {
        const { key } = await handedBack();
        expect(await read(key)).toMatchObject({ state: 'handedBack', epoch: 1 });
      });

      it('asked again says that it was applied', async () => {
        const holding = await claimed();
        await ledger.settle(holding, three('accepted'));
        expect(await ledger.settle(holding, three('accepted'))).toEqual(applied);
      });

      it.each([
        ['another owner', { owner: 'b' }],
        ['an older epoch', { epoch: 0 }],
        ['a later epoch', { epoch: 2 }],
      ])('is refused for %s, and changes nothing', async (_, other) => {
        const holding = await claimed();
        const before = await read(holding.key);
        const refused = await ledger.settle({ ...holding, ...other }, three('accepted'));
        expect(refused).toEqual({ applied: false, found: before });
        expect(await read(holding.key)).toEqual(before);
      });

      it('is refused, showing nothing, where there is no page', async () => {
        const holding: Holding = { key: newKey(), epoch: 1, owner: 'a' };
        expect(await ledger.settle(holding, three('accepted'))).toEqual({ applied: false, found: undefined });
        expect(await ledger.read(holding.key)).toBeUndefined();
      });
    });

    describe('a sign of life', () => {
      it('moves the beat and nothing else', async () => {
        const holding = await claimed();
        expect(await ledger.beat(holding)).toEqual(applied);
        expect(await read(holding.key)).toMatchObject({ state: 'inFlight', beat: 1, epoch: 1, entries: three() });
      });

      it('is refused when the page is no longer mine', async () => {
        const holding = await claimed();
        await ledger.takeAsUnknown(await read(holding.key), 'b');
        expect(await ledger.beat(holding)).toMatchObject({ applied: false, found: { owner: 'b', epoch: 2 } });
      });

      it('is refused after the page was settled', async () => {
        const holding = await claimed();
        await ledger.settle(holding, three('accepted'));
        expect(await ledger.beat(holding)).toMatchObject({ applied: false, found: { state: 'settled' } });
      });
    });

    describe('a retry mark', () => {
      it('keeps what is known, moves the beat and leaves the page in flight', async () => {
        const holding = await claimed();
        const entries = [
          anEntry(1, { outcome: 'retrying', reason: 'throttled' }),
          anEntry(2, { outcome: 'accepted', messageId: 'm2' }),
          anEntry(3),
        ];
        expect(await ledger.markRetry(holding, entries)).toEqual(applied);
        expect(await read(holding.key)).toMatchObject({ state: 'inFlight', beat: 1, entries });
      });

      it('leaves no reason behind that is no longer true', async () => {
        const holding = await claimed();
        await ledger.markRetry(holding, [
          anEntry(1, { outcome: 'retrying', reason: 'throttled' }),
          anEntry(2),
          anEntry(3),
        ]);
        const settled = three('accepted');
        await ledger.settle(holding, settled);
        expect((await read(holding.key)).entries).toEqual(settled);
      });

      it('is refused when the page is no longer mine', async () => {
        const holding = await claimed();
        expect(await ledger.markRetry({ ...holding, owner: 'b' }, three('retrying'))).toMatchObject({ applied: false });
        expect((await read(holding.key)).entries).toEqual(three());
      });
    });

    describe('claiming a page that was handed back', () => {
      it('raises the epoch, starts the beat anew and keeps what is known', async () => {
        const { key } = await handedBack();
        const entries = (await read(key)).entries.map(
          (entry): Entry => (entry.outcome === 'notTried' ? { ...entry, outcome: 'open' } : entry),
        );
        expect(await ledger.reclaim(key, 1, 'b', entries)).toEqual(applied);
        expect(await read(key)).toMatchObject({ state: 'inFlight', epoch: 2, beat: 0, owner: 'b', entries });
        expect(await ledger.reclaim(key, 1, 'b', entries)).toEqual(applied);
      });

      it('is refused when another was first', async () => {
        const { key } = await handedBack();
        await ledger.reclaim(key, 1, 'b', three());
        expect(await ledger.reclaim(key, 1, 'c', three())).toMatchObject({ applied: false, found: { owner: 'b' } });
      });

      it.each(['inFlight', 'settled'] as const)('is refused while the page is %s', async (state) => {
        const holding = await claimed();
        if (state === 'settled') await ledger.settle(holding, three('accepted'));
        expect(await ledger.reclaim(holding.key, 1, 'b', three())).toMatchObject({ applied: false, found: { state } });
      });
    });

    describe('taking over a page', () => {
      it('without a re-send makes what was open or being retried unknown, and settles', async () => {
        const holding = await claimed();
        const known = [anEntry(1), anEntry(2, { outcome: 'retrying' }), anEntry(3, { outcome: 'accepted' })];
        await ledger.markRetry(holding, known);
        expect(await ledger.takeAsUnknown(await read(holding.key), 'b')).toEqual(applied);
        const page = await read(holding.key);
        expect(page).toMatchObject({ state: 'settled', epoch: 2, owner: 'b' });
        expect(page.entries.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'accepted']);
      });

      it('for a re-send keeps it in flight, once', async () => {
        const holding = await claimed();
        const seen = await read(holding.key);
        expect(await ledger.takeForResend(seen, 'b')).toEqual(applied);
        expect(await ledger.takeForResend(seen, 'b')).toEqual(applied);
        const resent = await read(holding.key);
        expect(resent).toMatchObject({ state: 'inFlight', epoch: 2, beat: 0, owner: 'b', resent: true });
        expect(await ledger.takeForResend(resent, 'c')).toMatchObject({ applied: false, found: { owner: 'b' } });
      });

      it.each(['takeAsUnknown', 'takeForResend'] as const)('by %s is refused after a sign of life', async (take) => {
        const holding = await claimed();
        const seen = await read(holding.key);
        await ledger.beat(holding);
        expect(await ledger[take](seen, 'b')).toMatchObject({ applied: false, found: { beat: 1, owner: 'a' } });
      });

      it('is won by exactly one of several at once', async () => {
        const seen = await read((await claimed()).key);
        const answers = await Promise.all(['b', 'c', 'd'].map((owner) => ledger.takeAsUnknown(seen, owner)));
        expect(answers.filter((answer) => answer.applied)).toHaveLength(1);
      });

      it('fences the holder before', async () => {
        const holding = await claimed();
        await ledger.takeAsUnknown(await read(holding.key), 'b');
        const refused = await ledger.settle(holding, three('accepted'));
        expect(refused).toMatchObject({ applied: false, found: { state: 'settled', epoch: 2 } });
      });
    });

    describe('sealing by a later alert', () => {
      it('voids a page that nobody claimed, and no claim of it succeeds any more', async () => {
        const key = newKey();
        expect(await ledger.seal(key, 100, 30)).toEqual(applied);
        expect(await ledger.seal(key, 100, 30)).toEqual(applied);
        expect(await read(key)).toMatchObject({ state: 'void', voidRows: 100, voidNotConcerned: 30, entries: [] });
        expect(await ledger.claim(key, 'a', three())).toMatchObject({ applied: false, found: { state: 'void' } });
      });

      it('is refused when the page was claimed', async () => {
        const { key } = await claimed();
        expect(await ledger.seal(key, 3, 0)).toMatchObject({ applied: false, found: { state: 'inFlight' } });
      });

      it('settles a page that was handed back: who was not tried is superseded', async () => {
        const { key } = await handedBack();
        const seen = await read(key);
        expect(await ledger.sealHandedBack(seen)).toEqual(applied);
        expect(await ledger.sealHandedBack(seen)).toEqual(applied);
        const page = await read(key);
        expect(page.state).toBe('settled');
        expect(page.entries.map(({ outcome }) => outcome)).toEqual(['accepted', 'superseded', 'belowThreshold']);
      });

      it('of a handed-back page is refused when it was claimed again', async () => {
        const { key } = await handedBack();
        const seen = await read(key);
        await ledger.reclaim(key, 1, 'b', three());
        expect(await ledger.sealHandedBack(seen)).toMatchObject({ applied: false, found: { state: 'inFlight' } });
      });

      it('of a handed-back page is refused when it was handed back once more since it was seen', async () => {
        const { key } = await handedBack();
        const seen = await read(key);
        await ledger.reclaim(key, 1, 'b', three());
        await ledger.settle({ key, epoch: 2, owner: 'b' }, three('notTried'));
        expect(await ledger.sealHandedBack(seen)).toMatchObject({ applied: false, found: { epoch: 2 } });
      });
    });

    describe('giving back', () => {
      it('removes a first claim that has sent nothing, and is harmless when repeated', async () => {
        const holding = await claimed();
        expect(await ledger.giveBack(holding)).toEqual(applied);
        expect(await ledger.read(holding.key)).toBeUndefined();
        expect(await ledger.giveBack(holding)).toEqual(applied);
      });

      it('is refused for a claim that is not mine or not the first', async () => {
        const holding = await claimed();
        expect(await ledger.giveBack({ ...holding, owner: 'b' })).toMatchObject({ applied: false });
        await ledger.takeForResend(await read(holding.key), 'b');
        expect(await ledger.giveBack({ ...holding, epoch: 2, owner: 'b' })).toMatchObject({ applied: false });
        expect(await ledger.read(holding.key)).toBeDefined();
      });
    });

    describe('late truth', () => {
      const known = [anEntry(1, { outcome: 'accepted', messageId: 'm1' }), anEntry(2, { outcome: 'rejected' })];
      const takenOver = async (): Promise<PageRecord> => {
        const { key } = await claimed();
        await ledger.takeAsUnknown(await read(key), 'b');
        return read(key);
      };

      it('turns unknown into what the late holder knows for certain, and moves the version', async () => {
        const seen = await takenOver();
        expect(await ledger.addLateTruth(seen, [...known, anEntry(3, { outcome: 'exhausted' })])).toEqual(applied);
        const page = await read(seen.key);
        expect(page).toMatchObject({ version: 1, epoch: 2, state: 'settled' });
        expect(page.entries).toEqual([...known, anEntry(3, { outcome: 'unknown' })]);
        expect(await ledger.addLateTruth(seen, known)).toEqual(applied);
      });

      it('never overwrites what is known already', async () => {
        const holding = await claimed();
        await ledger.markRetry(holding, [anEntry(1, { outcome: 'accepted' }), anEntry(2), anEntry(3)]);
        await ledger.takeAsUnknown(await read(holding.key), 'b');
        await ledger.addLateTruth(await read(holding.key), three('rejected'));
        const { entries } = await read(holding.key);
        expect(entries.map(({ outcome }) => outcome)).toEqual(['accepted', 'rejected', 'rejected']);
      });

      it('is refused when the page has changed since it was seen', async () => {
        const seen = await takenOver();
        await ledger.addLateTruth(seen, known);
        expect(await ledger.addLateTruth(seen, three('rejected'))).toMatchObject({ applied: false });
      });

      it('is refused after a re-send', async () => {
        const { key } = await claimed();
        await ledger.takeForResend(await read(key), 'b');
        await ledger.settle({ key, epoch: 2, owner: 'b' }, three('unknown'));
        expect(await ledger.addLateTruth(await read(key), known)).toMatchObject({ applied: false });
      });
    });

    describe('a queued page', () => {
      const rows = [1, 2].map((number) => aRowKey(number));
      const queuedKey = (batch = 0): PageKey => ({
        ...newKey(),
        channel: 'telegram',
        queued: { queue: 'backup', batch },
      });
      const notTried = [1, 2].map((number) => anEntry(number, { outcome: 'notTried' }));

      it('waits with its endpoints and where their rows are kept', async () => {
        const key = queuedKey();
        expect(await ledger.queue(key, rows, 'notTried')).toEqual(applied);
        expect(await read(key)).toMatchObject({ key, state: 'queued', entries: notTried, rows, version: 0 });
      });

      it('is put once', async () => {
        const key = queuedKey();
        await ledger.queue(key, rows, 'notTried');
        const again = await ledger.queue(key, [aRowKey(3)], 'notTried');
        expect(again).toMatchObject({ applied: false, found: { state: 'queued', rows } });
        expect(await read(key)).toMatchObject({ rows });
      });

      it('is settled at once where a later alert took its place', async () => {
        const key = queuedKey();
        expect(await ledger.queue(key, rows, 'superseded')).toEqual(applied);
        const entries = notTried.map((entry) => ({ ...entry, outcome: 'superseded' }));
        expect(await read(key)).toMatchObject({ state: 'settled', entries, rows });
      });

      it('is claimed and settled as any other page, and keeps its rows', async () => {
        const key = queuedKey(3);
        await ledger.queue(key, rows, 'notTried');
        const { epoch } = await read(key);
        const open = [anEntry(1), anEntry(2, { outcome: 'optedOut' })];
        expect(await ledger.reclaim(key, epoch, 'a', open)).toEqual(applied);
        expect(await ledger.reclaim(key, epoch, 'b', open)).toMatchObject({ applied: false, found: { owner: 'a' } });
        const told = [anEntry(1, { outcome: 'accepted', messageId: '77' }), anEntry(2, { outcome: 'optedOut' })];
        expect(await ledger.settle({ key, epoch: epoch + 1, owner: 'a' }, told)).toEqual(applied);
        expect(await read(key)).toMatchObject({ state: 'settled', entries: told, rows });
      });

      it('that nobody claimed is sealed by a later alert', async () => {
        const key = queuedKey();
        await ledger.queue(key, rows, 'notTried');
        expect(await ledger.sealHandedBack(await read(key))).toEqual(applied);
        const page = await read(key);
        expect(page.state).toBe('settled');
        expect(page.entries.map(({ outcome }) => outcome)).toEqual(['superseded', 'superseded']);
      });

      it('is read with all others of its run, in the order of page and batch, and of no other run', async () => {
        const key = queuedKey();
        const places = [
          { segmentId: 10, page: 2, queued: { queue: 'backup' as const, batch: 0 } },
          { segmentId: 2, page: 10, queued: { queue: 'replay' as const, batch: 0 } },
          { segmentId: 2, page: 9, queued: { queue: 'backup' as const, batch: 10 } },
          { segmentId: 2, page: 9, queued: { queue: 'backup' as const, batch: 9 } },
        ];
        for (const place of places) await ledger.queue({ ...key, ...place }, rows, 'notTried');
        for (const other of [{ seq: 11 }, { channel: 'sms' as const }])
          await ledger.queue({ ...key, ...other }, rows, 'notTried');
        await ledger.claim({ ...aPageKey(), earthquakeId: key.earthquakeId, channel: 'telegram' }, 'a', three());
        const queued = await ledger.readQueued(key);
        expect(queued.map((page) => page.key)).toEqual([3, 2, 1, 0].map((at) => ({ ...key, ...places[at] })));
        expect(queued[0]).toEqual(await read({ ...key, ...places[3] }));
        expect((await ledger.readSegment(key, 0)).map((page) => page.key.queued)).toEqual([undefined]);
      });
    });

    describe('amending a settled page', () => {
      const settled = async (): Promise<PageRecord> => {
        const holding = await claimed();
        await ledger.settle(holding, [
          anEntry(1, { outcome: 'accepted', messageId: 'm1' }),
          anEntry(2, { outcome: 'exhausted' }),
          anEntry(3, { outcome: 'belowThreshold' }),
        ]);
        return read(holding.key);
      };
      const amended: Entry[] = [
        anEntry(1, { outcome: 'delivered', messageId: 'm1' }),
        anEntry(2, { outcome: 'replayed', handedTo: aRowKey(2) }),
        anEntry(3, { outcome: 'belowThreshold' }),
      ];

      it('keeps what it is given, where each was handed to among it, and moves the version', async () => {
        const seen = await settled();
        expect(await ledger.amend(seen, amended)).toEqual(applied);
        expect(await read(seen.key)).toMatchObject({ state: 'settled', version: 1, epoch: 1, entries: amended });
        expect(await ledger.amend(seen, amended)).toEqual(applied);
        expect((await read(seen.key)).version).toBe(1);
      });

      it('is refused when the page has changed since it was seen', async () => {
        const seen = await settled();
        await ledger.amend(seen, amended);
        const other = seen.entries.map((entry): Entry => ({ ...entry, outcome: 'delivered' }));
        expect(await ledger.amend(seen, other)).toMatchObject({ applied: false, found: { version: 1 } });
        expect((await read(seen.key)).entries).toEqual(amended);
      });

      it('is refused while the page is in flight', async () => {
        const { key } = await claimed();
        expect(await ledger.amend(await read(key), amended)).toMatchObject({ applied: false });
      });
    });

    describe('reading a segment', () => {
      it('shows the pages of one run in their order, and of no other run or segment', async () => {
        const key = newKey();
        const others = [{ seq: 2 }, { segmentId: 1 }, { channel: 'email' as const }];
        for (const page of [10, 2, 0]) await ledger.claim({ ...key, page }, 'a', [anEntry(page + 1)]);
        for (const other of others) await ledger.claim({ ...key, ...other }, 'a', three());
        const pages = await ledger.readSegment(key, key.segmentId, true);
        expect(pages.map((page) => page.key.page)).toEqual([0, 2, 10]);
        expect(pages[1]).toEqual(await read({ ...key, page: 2 }));
      });

      it('is empty where nothing was claimed', async () => {
        expect(await ledger.readSegment(newKey(), 0)).toEqual([]);
      });
    });
  });
}
