import type { KafkaRecord } from './kafka-record.ts';
import type { PartitionOffset } from './lanes.ts';

export interface FeedHandlers {
  /** Records of one partition in order; returns at once. */
  onRecords(records: readonly KafkaRecord[]): void;
  /** The feed is dead and must be opened again. */
  onLost(error: Error): void;
}

/** A joined consumer group member that reads one topic. */
export interface OpenFeed {
  /** Stops, or goes on, reading a partition whose backlog is long. */
  hold(partition: number): void;
  resume(partition: number): void;
  /** Offsets are the next to read. */
  commit(offsets: readonly PartitionOffset[]): Promise<void>;
  earliestOffset(partition: number): Promise<number>;
  close(): Promise<void>;
}

/** Joins the group and starts reading; rejects when the cluster cannot be reached or refuses. */
export type RecordFeed = (handlers: FeedHandlers) => Promise<OpenFeed>;
