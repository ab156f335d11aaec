import {
  activePartitionsOf,
  type ChannelName,
  messageSchemaVersion,
  type SizingStore,
  type WakeUpLog,
} from '@quakewire/core';

/** One heartbeat to each active partition: keeps a worker there warm, and shows a broken connection before an alert. */
export async function sendHeartbeats(
  channels: readonly ChannelName[],
  { sizing, wakeUps }: { sizing: SizingStore; wakeUps: WakeUpLog },
): Promise<void> {
  const inForce = await sizing.read();
  const sent = channels.map(async (channel) => {
    const active = inForce.channels[channel]?.activePartitions ?? 0;
    const partitions = activePartitionsOf(active, await wakeUps.livePartitions(channel));
    const message = { schema: messageSchemaVersion, type: 'heartbeat', channel } as const;
    await wakeUps.publish(
      channel,
      partitions.map((partition) => ({ partition, message })),
    );
  });
  const failed = (await Promise.allSettled(sent)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
