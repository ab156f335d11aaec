import type {
  Clock,
  EarthquakeStore,
  Operator,
  PolicyStore,
  RequestStore,
  SegmentMapStore,
  SizingStore,
  StoreTime,
} from '@quakewire/core';

export type CommandName = 'alert' | 'drill';

/** How a command was called. */
export interface Desk {
  name: CommandName;
  /** Else it only shows what it would do. */
  apply: boolean;
  environment: string;
}

export interface OperatorPorts {
  earthquakes: EarthquakeStore;
  policies: Pick<PolicyStore, 'newest'>;
  requests: RequestStore;
  maps: Pick<SegmentMapStore, 'currentVersion' | 'read'>;
  sizing: SizingStore;
  storeNow: StoreTime;
  /** Whose credentials these are. */
  whoAmI(): Promise<Operator>;
  sleep: Clock['sleep'];
  /** Makes the ids of two requests of one second differ. */
  suffix(): string;
}
