import { anAlert, anEndpoint, aRun, createFakeChannel, createStepClock } from '@quakewire/testing';
import type { Telling } from '../../message/render-text.ts';
import type { HeldPage } from './claim-page.ts';
import { deliver } from './deliver.ts';
import type { Worker } from './worker.ts';

const endpoint = anEndpoint(1);

/** One call for one endpoint of a page; only what a delivery looks at is there. */
async function delivered(stopUrl?: (endpointId: string) => string) {
  const channel = createFakeChannel();
  const tellings: Telling[] = [];
  const renderText = (_alert: unknown, _endpoint: unknown, _nowMs: number, telling: Telling) => {
    tellings.push(telling);
    return { subject: 'earthquake', text: 'earthquake' };
  };
  const worker = {
    ports: { channel, clock: createStepClock(), openAddress: () => '+40720000000', renderText, stopUrl },
    account: { callStarts: () => () => undefined },
  } as unknown as Worker;
  const held = {
    view: { alert: anAlert(), run: aRun() },
    holding: { key: { earthquakeId: 'eq1', seq: 1, channel: 'sms', segmentId: 0, page: 0 } },
    toldBefore: new Set<string>(),
  } as unknown as HeldPage;
  await deliver(worker, held, endpoint, 0);
  return { notification: channel.accepted[0], telling: tellings[0] };
}

describe('a delivery', () => {
  it('carries the address that ends this subscription, in the text and for the header', async () => {
    const { notification, telling } = await delivered((id) => `https://stop.example/${id}`);
    const url = `https://stop.example/${endpoint.id}`;
    expect(telling?.stopUrl).toBe(url);
    expect(notification?.unsubscribeUrl).toBe(url);
  });

  it('carries none where there is no such page', async () => {
    const { notification, telling } = await delivered();
    expect(telling?.stopUrl).toBeUndefined();
    expect(notification).not.toHaveProperty('unsubscribeUrl');
  });
});
