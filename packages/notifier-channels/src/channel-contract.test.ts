import { setImmediate } from 'node:timers/promises';
import type { Channel, ChannelName } from '@quakewire/core';
import { type Sinks, startSinks } from '@quakewire/local-stack/sinks';
import { type ChannelSubject, channelContract, type ProviderMode } from '@quakewire/testing';
import { createSesChannel } from './ses.ts';
import { createTelegramChannel } from './telegram.ts';
import { createTwilioChannel } from './twilio.ts';
import { createWebhookChannel } from './webhook.ts';

const signingKey = 'a key of the tests only';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

const behaviours = {
  accepting: {},
  rejecting: { rejectedShare: 1 },
  throttling: { ratePerSecond: 0 },
  hanging: { hangShare: 1 },
  cutting: { cutShare: 1 },
  refusing: { down: true },
} as const satisfies Record<ProviderMode, object>;
const calm = { latencyMs: 0, ratePerSecond: null, rejectedShare: 0, hangShare: 0, cutShare: 0, down: false } as const;

interface Case {
  name: ChannelName;
  create(baseUrl: string): Channel;
  address(number: number, baseUrl: string): string;
  throttling: ChannelSubject['throttling'];
}

const cases: Case[] = [
  {
    name: 'sms',
    create: (baseUrl) => createTwilioChannel({ accountSid: 'AC1', authToken: 'token', from: '+40700000000', baseUrl }),
    address: (number) => `+4072${String(number).padStart(7, '0')}`,
    throttling: { outcome: 'throttled', tellsWhen: true },
  },
  {
    name: 'email',
    create: (baseUrl) =>
      createSesChannel({ from: 'Quakewire <a@example.org>', baseUrl, client: { region: 'eu-central-1', credentials } }),
    address: (number) => `person${number}@example${number}.org`,
    throttling: { outcome: 'throttled', tellsWhen: false },
  },
  {
    name: 'telegram',
    create: (baseUrl) => createTelegramChannel({ botToken: '1:test', baseUrl }),
    address: (number) => String(9_000_000_000 + number),
    throttling: { outcome: 'throttled', tellsWhen: true },
  },
  {
    name: 'webhook',
    create: () => createWebhookChannel({ signingKey, allowLoopback: true }),
    address: (number, baseUrl) => `${baseUrl}/hooks/${70_000 + number}`,
    throttling: { outcome: 'transient', tellsWhen: true },
  },
];

const subjectOf = ({ name, create, address, throttling }: Case, sinks: Sinks): ChannelSubject => {
  let addresses = 0;
  return {
    channel: create(sinks.urls[name]),
    address: () => address(++addresses, sinks.urls[name]),
    async setMode(mode) {
      await sinks.behave({ [name]: { ...calm, ...behaviours[mode] } });
      // Both ends live in this process: give the client's end of the closed connections its turn to notice.
      await setImmediate();
      await setImmediate();
    },
    accepted: () => sinks.accepted(name).map(({ to }) => to),
    requests: () => sinks.stats(name).requests,
    nextRequest: () => sinks.nextRequest(name),
    throttling,
    stop: () => sinks.stop(),
  };
};

for (const one of cases) {
  channelContract(`${one.name} against its sink`, async () =>
    subjectOf(one, await startSinks({ webhookSigningKey: signingKey })),
  );
}
