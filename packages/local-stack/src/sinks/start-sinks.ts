import type { RequestListener, ServerResponse } from 'node:http';
import { type ChannelName, channelNames } from '@quakewire/core';
import * as z from 'zod';
import { type BehaviourChanges, behaviourChangesSchema, behaviourSchema, defaultBehaviour } from './behaviour.ts';
import { type Controlled, createControl } from './control.ts';
import type { Dialect } from './dialects/dialect.ts';
import { sesDialect } from './dialects/ses.ts';
import { telegramDialect } from './dialects/telegram.ts';
import { twilioDialect } from './dialects/twilio.ts';
import { createWebhookDialect } from './dialects/webhook.ts';
import { createListener, type Listener, readBody } from './listener.ts';
import type { AcceptedMessage, ChannelStats } from './message-log.ts';
import { createProvider, type Provider, type Reply } from './provider.ts';

const port = z.number().int().min(0).max(65_535);

/** Options of the sinks: all have a default. */
export const sinkOptionsSchema = z.strictObject({
  /** 0 or left out: a free port. */
  ports: z.strictObject({ sms: port, email: port, telegram: port, webhook: port, control: port }).partial().default({}),
  /** For every provider, before `providers`. */
  behaviour: behaviourSchema.partial().default({}),
  providers: behaviourChangesSchema.default({}),
  /** Decides which addresses are refused for good and the order of faults. */
  seed: z.number().int().min(0).default(1),
  /** When given, webhooks with a wrong signature are refused. */
  webhookSigningKey: z.string().min(1).optional(),
});
export type SinkOptions = z.input<typeof sinkOptionsSchema>;

/** The four providers on this machine. */
export interface Sinks {
  /** Base addresses; `control` serves the control interface. */
  readonly urls: Record<ChannelName | 'control', string>;
  /** Accepted messages in the order of acceptance. */
  accepted(channel: ChannelName): readonly AcceptedMessage[];
  stats(channel: ChannelName): ChannelStats;
  behave(changes: BehaviourChanges): Promise<void>;
  /** Resolves when the next request of this channel has arrived. */
  nextRequest(channel: ChannelName): Promise<void>;
  clear(): void;
  stop(): Promise<void>;
}

const send = (response: ServerResponse, reply: Reply) => {
  if (reply === 'silence' || response.destroyed) return;
  if (reply === 'cut') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(reply.status, reply.headers);
  response.end(reply.body);
};

const serve =
  (provider: Provider): RequestListener =>
  (request, response) => {
    void readBody(request).then((body) => {
      if (body === undefined) return response.destroy();
      const { method = '', url: path = '', headers } = request;
      return provider.handle({ method, path, headers, body }, (reply) => send(response, reply));
    });
  };

/** A provider and the port it is reached at. */
interface Sink extends Provider {
  listener: Listener;
}

const startSink = async (channel: ChannelName, options: z.infer<typeof sinkOptionsSchema>): Promise<Sink> => {
  const dialects: Record<ChannelName, Dialect> = {
    sms: twilioDialect,
    email: sesDialect,
    telegram: telegramDialect,
    webhook: createWebhookDialect(options.webhookSigningKey),
  };
  const behaviour = behaviourSchema.parse({ ...defaultBehaviour, ...options.behaviour, ...options.providers[channel] });
  const provider = createProvider({ channel, dialect: dialects[channel], behaviour, seed: options.seed });
  const listener = await createListener(options.ports[channel] ?? 0, serve(provider));
  if (behaviour.down) await listener.close();
  return { ...provider, listener };
};

const forEachChannel = <Value>(make: (channel: ChannelName) => Value): Record<ChannelName, Value> =>
  Object.fromEntries(channelNames.map((channel) => [channel, make(channel)])) as Record<ChannelName, Value>;

const controlledBy = (sinks: Record<ChannelName, Sink>): Controlled => ({
  messages: () => channelNames.flatMap((channel) => sinks[channel].log.messages()),
  stats: () => forEachChannel((channel) => ({ ...sinks[channel].log.stats(), behaviour: sinks[channel].behaviour() })),
  async behave(changes) {
    for (const channel of channelNames) {
      const { listener, behaviour, setBehaviour } = sinks[channel];
      setBehaviour(behaviourSchema.parse({ ...behaviour(), ...changes[channel] }));
      await (behaviour().down ? listener.close() : listener.open());
    }
  },
  clear() {
    for (const channel of channelNames) sinks[channel].log.clear();
  },
});

/** Starts the four provider sinks and their control interface, all on 127.0.0.1. */
export const startSinks = async (given: SinkOptions = {}): Promise<Sinks> => {
  const options = sinkOptionsSchema.parse(given);
  const [sms, email, telegram, webhook] = await Promise.all([
    startSink('sms', options),
    startSink('email', options),
    startSink('telegram', options),
    startSink('webhook', options),
  ]);
  const sinks = { sms, email, telegram, webhook };
  const controlled = controlledBy(sinks);
  const control = await createListener(options.ports.control ?? 0, createControl(controlled));
  return {
    urls: { ...forEachChannel((channel) => sinks[channel].listener.url), control: control.url },
    accepted: (channel) => sinks[channel].log.messages(),
    stats: (channel) => sinks[channel].log.stats(),
    behave: controlled.behave,
    nextRequest: (channel) => sinks[channel].nextRequest(),
    clear: controlled.clear,
    stop: async () => {
      await Promise.all([control, ...Object.values(sinks).map(({ listener }) => listener)].map((one) => one.close()));
    },
  };
};
