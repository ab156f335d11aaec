import { channelContract } from '../contracts/channel-contract.ts';
import { createFakeChannel } from './fake-channel.ts';

let addresses = 0;

channelContract('the fake channel', async () => {
  const channel = createFakeChannel();
  return {
    channel,
    address: () => `+4072${String(++addresses).padStart(7, '0')}`,
    setMode: async (mode) => channel.setMode(mode),
    accepted: () => channel.accepted.map(({ address }) => address),
    requests: () => channel.requested.length,
    nextRequest: () => channel.nextRequest(),
    throttling: { outcome: 'throttled', tellsWhen: true },
    stop: async () => {},
  };
});
