import type { Broadcast, Channel } from '@quakewire/core';
import type { AlertFiles } from './alert-files.ts';
import { type BroadcastPorts, createBroadcast } from './create-broadcast.ts';
import type { BroadcastEnvironment } from './environment.ts';

export interface BroadcastConnections extends Pick<BroadcastPorts, 'runs' | 'clock' | 'log'> {
  files: AlertFiles;
  /** The bot's channel; undefined where nothing is posted. */
  bot: Channel | undefined;
  metrics: { add(name: string, value: number): void; flush(): void };
}

/** The broadcast as a function's environment describes it; what is not published counts as `broadcast.failed`. */
export function connectBroadcast(
  { ALERT_FILES_URL: baseUrl, CAP_SENDER: id, CAP_SENDER_NAME: name, PUBLIC_CHATS: chatOf }: BroadcastEnvironment,
  { files, bot, metrics, ...ports }: BroadcastConnections,
): Broadcast {
  return createBroadcast({
    ...ports,
    publication: { files, sender: { id, name }, publisher: { baseUrl, name } },
    chats: bot && { channel: bot, chatOf },
    onFailure() {
      metrics.add('broadcast.failed', 1);
      metrics.flush();
    },
  });
}
