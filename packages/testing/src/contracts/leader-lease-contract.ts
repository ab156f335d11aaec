import type { LeaderLease, LeaseRecord } from '@quakewire/core';

/** What the port `LeaderLease` promises, for any implementation. Each test gets an empty store. */
export function leaderLeaseContract(name: string, createLease: () => Promise<LeaderLease>): void {
  describe(`${name} keeps the contract of the leader lease`, () => {
    const taken = async (lease: LeaderLease, owner: string): Promise<LeaseRecord> => {
      const mine = await lease.take(await lease.read(), owner);
      if (!mine) throw new Error('the lease should be to be had');
      return mine;
    };

    it('has no record before the first leader', async () => {
      expect(await (await createLease()).read()).toBeUndefined();
    });

    it('makes exactly one of several the first leader', async () => {
      const lease = await createLease();
      const answers = await Promise.all(['a', 'b', 'c'].map((owner) => lease.take(undefined, owner)));
      const leaders = answers.filter((answer) => answer !== undefined);
      expect(leaders).toHaveLength(1);
      expect(await lease.read()).toEqual(leaders[0]);
      expect(leaders[0]).toMatchObject({ epoch: 1, beat: 0 });
    });

    it('moves the beat with each renewal, and keeps the epoch', async () => {
      const lease = await createLease();
      const mine = await taken(lease, 'a');
      const renewed = await lease.renew(mine);
      expect(renewed).toEqual({ owner: 'a', epoch: 1, beat: 1 });
      expect(await lease.renew(renewed as LeaseRecord)).toEqual({ owner: 'a', epoch: 1, beat: 2 });
    });

    it('refuses to be taken after a renewal that the taker has not seen', async () => {
      const lease = await createLease();
      const mine = await taken(lease, 'a');
      const seen = await lease.read();
      await lease.renew(mine);
      expect(await lease.take(seen, 'b')).toBeUndefined();
    });

    it('goes to the taker of an unchanged record with the next epoch, and fences the leader before', async () => {
      const lease = await createLease();
      const mine = await taken(lease, 'a');
      expect(await lease.take(await lease.read(), 'b')).toEqual({ owner: 'b', epoch: 2, beat: 0 });
      expect(await lease.renew(mine)).toBeUndefined();
      await lease.release(mine);
      expect(await lease.read()).toMatchObject({ owner: 'b' });
    });

    it('asked again by the same taker says that it was taken', async () => {
      const lease = await createLease();
      await taken(lease, 'a');
      const seen = await lease.read();
      const first = await lease.take(seen, 'b');
      expect(await lease.take(seen, 'b')).toEqual(first);
    });

    it('has no owner after a release, and the next leader has a higher epoch', async () => {
      const lease = await createLease();
      await lease.release(await taken(lease, 'a'));
      expect(await lease.read()).toMatchObject({ owner: undefined, epoch: 1 });
      expect(await taken(lease, 'b')).toMatchObject({ owner: 'b', epoch: 2 });
    });

    it('never goes back in epoch', async () => {
      const lease = await createLease();
      const epochs: number[] = [];
      for (const owner of ['a', 'b', 'a', 'c']) epochs.push((await taken(lease, owner)).epoch);
      expect(epochs).toEqual([1, 2, 3, 4]);
    });
  });
}
