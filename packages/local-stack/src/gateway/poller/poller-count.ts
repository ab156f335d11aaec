/** What one event poller carries in provisioned mode (https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html). */
export const invocationsPerPoller = 5;
/** On demand the offset lag is looked at each minute; provisioned mode scales three times as fast. */
export const pollerScalingIntervalMs = 20_000;

/** Pollers for so many busy partitions: between minimum and maximum, and never more than one a partition. */
export function wantedPollers(
  { minimum, maximum }: { minimum: number; maximum: number },
  { busyPartitions, partitions }: { busyPartitions: number; partitions: number },
): number {
  const ceiling = Math.max(1, Math.min(maximum, partitions));
  const floor = Math.min(minimum, ceiling);
  return Math.max(floor, Math.min(ceiling, Math.ceil(busyPartitions / invocationsPerPoller)));
}
