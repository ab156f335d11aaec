import type { Alert } from '../alert/alert.ts';
import { limitSms } from '../alert/limit-sms.ts';
import type { ChannelName } from '../channel/channel.ts';
import { type DispatchPorts, dispatchAlert } from '../dispatch/dispatch-alert.ts';
import type { ReadAhead } from '../dispatch/read-ahead.ts';
import type { SegmentMap } from '../dispatch/segment-map.ts';
import type { RouletteStarts } from '../dispatch/topic-roulette.ts';
import type { StoreTime } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Bulletin } from './bulletin.ts';
import type { Earthquake } from './earthquake.ts';
import type { EarthquakeStore } from './earthquake-store.ts';
import type { ImminentSignal } from './imminent-signal.ts';
import { type Received, receiveBulletin } from './receive-bulletin.ts';

export interface ReceiverPorts extends Pick<DispatchPorts, 'runs' | 'budgets' | 'clock' | 'broadcast'> {
  channels: readonly ChannelName[];
  earthquakes: EarthquakeStore;
  storeTime: StoreTime;
  /** What early-warning systems without a location said lately; absent where nobody listens to them. */
  signals?(): readonly ImminentSignal[];
}

/** Takes a bulletin all the way to Kafka; may be repeated (see `receiveBulletin`). */
export type Receiver = (bulletin: Bulletin) => Promise<Received>;

/** How every function takes bulletins, whoever hears of an earthquake first: kept from bulletin to bulletin. */
export function createReceiver(ports: ReceiverPorts, ahead: ReadAhead, logger: Logger): Receiver {
  const { channels, earthquakes, storeTime, signals = () => [] } = ports;
  const starts: RouletteStarts = new Map();
  const dispatchPorts: DispatchPorts = { ...ports, ...ahead, starts };
  const dispatch = (alert: Alert, { pinnedMaps }: Earthquake) =>
    dispatchAlert({ alert, channels, pinnedMaps }, dispatchPorts);
  return async (bulletin) => {
    const { policy } = await ahead.policy();
    const limitSpending = async (alert: Alert) => {
      // Without a map nothing is spent on SMS yet, and the other channels must not wait for it.
      const map = await currentSmsMap(channels, ahead).catch(() => undefined);
      return limitSms(alert, policy, map);
    };
    const deps = { earthquakes, policy, storeNow: storeTime, limitSpending, signals, dispatch, logger };
    return receiveBulletin(bulletin, deps);
  };
}

async function currentSmsMap(
  channels: readonly ChannelName[],
  { maps }: Pick<ReadAhead, 'maps'>,
): Promise<SegmentMap | undefined> {
  const version = channels.includes('sms') ? await maps.currentVersion('sms') : undefined;
  return version === undefined ? undefined : maps.read('sms', version);
}
