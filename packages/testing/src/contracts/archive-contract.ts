import type { Archive, Ledger, PageRecord, RunStore } from '@quakewire/core';
import { anAlert, anEntry, aPageKey } from '../builders.ts';

export interface ArchiveSubject {
  archive: Archive;
  /** The stores whose content it reads back. */
  runs: Pick<RunStore, 'putAlert'>;
  ledger: Pick<Ledger, 'claim' | 'settle'>;
}

/** What the port `Archive` promises, for any implementation. Each test gets empty stores. */
export function archiveContract(name: string, createSubject: () => Promise<ArchiveSubject>): void {
  describe(`${name} keeps the contract of the archive`, () => {
    it('lists the alerts of one earthquake by their number', async () => {
      const { archive, runs } = await createSubject();
      const alerts = Array.from({ length: 11 }, (_, at) => anAlert({ seq: at + 1 }));
      for (const alert of [...alerts].reverse()) await runs.putAlert(alert);
      await runs.putAlert(anAlert({ earthquakeId: 'eq11' }));
      expect(await archive.alertsOf('eq1')).toEqual(alerts);
      expect(await archive.alertsOf('eq')).toEqual([]);
    });

    it('reads the pages of all earthquakes, or of one', async () => {
      const { archive, ledger } = await createSubject();
      const entry = anEntry(1, { outcome: 'accepted', sentAtMs: 1_745_401_900_000 });
      const keys = [
        aPageKey(),
        aPageKey({ seq: 2, channel: 'email', segmentId: 7, page: 3 }),
        aPageKey({ earthquakeId: 'eq11' }),
      ];
      for (const key of keys) {
        await ledger.claim(key, 'w', [entry]);
        await ledger.settle({ key, owner: 'w', epoch: 1 }, [entry]);
      }
      expect((await namesOf(archive.pages())).sort()).toEqual(['eq1/1/sms/0/0', 'eq1/2/email/7/3', 'eq11/1/sms/0/0']);
      expect((await namesOf(archive.pages('eq1'))).sort()).toEqual(['eq1/1/sms/0/0', 'eq1/2/email/7/3']);
      for await (const page of archive.pages('eq1')) expect(page).toMatchObject({ state: 'settled', entries: [entry] });
    });
  });
}

async function namesOf(pages: AsyncIterable<PageRecord>): Promise<string[]> {
  const names: string[] = [];
  for await (const { key } of pages) {
    names.push([key.earthquakeId, key.seq, key.channel, key.segmentId, key.page].join('/'));
  }
  return names;
}
