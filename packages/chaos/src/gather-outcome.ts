import { type Alert, type ChannelName, channelNames, concerns, readEvidence } from '@quakewire/core';
import type { Deployed, SinkMessage } from '@quakewire/demo';
import type { ChannelEvidence } from './judge-channel.ts';
import type { RunOutcome } from './judge-run.ts';

/** What the tables and the sinks say of an alert and its cancel. */
export async function gatherOutcome(
  alert: Alert,
  { stores, sinks, endpoints }: Pick<Deployed, 'stores' | 'sinks' | 'endpoints'>,
): Promise<Pick<RunOutcome, 'alert' | 'cancel' | 'channels'>> {
  const { earthquakeId, seq } = alert;
  const messages = await sinks.messages();
  const seenOn = (channel: ChannelName): Pick<ChannelEvidence, 'endpoints' | 'messages'> => ({
    endpoints: endpoints
      .filter((endpoint) => endpoint.channel === channel)
      .map((endpoint) => ({ id: endpoint.id, address: endpoint.address, concerned: concerns(endpoint, alert) })),
    messages: messages
      .filter((message) => message.channel === channel)
      .map((message) => ({ ...message, kind: kindOf(message) })),
  });
  return {
    alert: await readEvidence({ earthquakeId, seq }, stores),
    cancel: await readEvidence({ earthquakeId, seq: seq + 1 }, stores),
    channels: Object.fromEntries(channelNames.map((channel) => [channel, seenOn(channel)])),
  };
}

/** A person tells a cancel by its words, and so does this. */
const kindOf = ({ text }: SinkMessage): 'alert' | 'cancel' => (/CANCELLED|ANULARE/.test(text) ? 'cancel' : 'alert');
