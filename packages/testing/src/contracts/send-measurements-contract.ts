import type { SendMeasurement, SendMeasurements } from '@quakewire/core';

const firstSentAtMs = 1_745_401_800_000;
const measuredAt = (lastAnsweredAtMs: number): SendMeasurement => ({
  byLatency: [3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
  firstSentAtMs,
  lastAnsweredAtMs,
});

/** What the port `SendMeasurements` promises, for any implementation. Each test gets an empty store. */
export function sendMeasurementsContract(name: string, createStore: () => Promise<SendMeasurements>): void {
  describe(`${name} keeps the contract of the send measurements`, () => {
    it('gives back what was kept from a moment on', async () => {
      const store = await createStore();
      const [early, late] = [measuredAt(firstSentAtMs + 1_000), measuredAt(firstSentAtMs + 2_000)];
      await store.put('sms', 'a', early);
      await store.put('sms', 'b', late);
      expect(await store.since('sms', firstSentAtMs)).toEqual(expect.arrayContaining([early, late]));
      expect(await store.since('sms', late.lastAnsweredAtMs)).toEqual([late]);
      expect(await store.since('sms', late.lastAnsweredAtMs + 1)).toEqual([]);
    });

    it("keeps one worker's measurement once, however often it is put", async () => {
      const store = await createStore();
      const measured = measuredAt(firstSentAtMs + 1_000);
      await store.put('sms', 'a', measured);
      await store.put('sms', 'a', measured);
      await store.put('sms', 'b', measured);
      expect(await store.since('sms', 0)).toEqual([measured, measured]);
    });

    it('keeps channels apart', async () => {
      const store = await createStore();
      await store.put('sms', 'a', measuredAt(firstSentAtMs + 1_000));
      expect(await store.since('email', 0)).toEqual([]);
    });
  });
}
