import type { ChannelName } from '../../channel/channel.ts';
import type { RunKey } from '../run.ts';

/** Which channel tells whom another one failed to tell. */
const backups: Readonly<Partial<Record<ChannelName, ChannelName>>> = { sms: 'telegram' };

/** The same alert's run on the channel's backup; undefined where it has none. */
export function backupRunOf({ earthquakeId, seq, channel }: RunKey): RunKey | undefined {
  const backup = backups[channel];
  return backup && { earthquakeId, seq, channel: backup };
}
