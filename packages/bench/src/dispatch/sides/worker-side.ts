import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type Channel,
  cacheSegmentMaps,
  concerns,
  renderText,
  type Shift,
  type WakeUp,
  type WorkerPorts,
  work,
} from '@quakewire/core';
import { systemClock } from '@quakewire/lambda-runtime';
import { createBaseline, type Design } from '../../baselines/designs.ts';
import { connectTables, storesOf } from '../dispatch-stores.ts';
import { createProductChannel } from '../provider-account.ts';
import { cipher } from '../seed-people.ts';
import type { CallSpan, Side, SideName, SideOptions } from './side.ts';

const silence = { debug() {}, info() {}, warn() {}, error: (fields: object) => console.error(fields) };
/** No deadline: an invocation's end is not what is measured. */
const remainingMs = (): number => Number.POSITIVE_INFINITY;

/** Workers of the product or of an earlier design in this process, one a partition, on real tables. */
export function createWorkerSide(options: SideOptions, span: CallSpan): Side {
  const client = connectTables(options.tablesUrl);
  const channel = timedChannel(createProductChannel(options.channel, options.sinkUrl), span);
  const known = new Map<number, Start>();
  function startOn(endpoints: number): Start {
    const start = known.get(endpoints) ?? createStart(options.side, client, endpoints, channel);
    known.set(endpoints, start);
    return start;
  }
  return async (job) => {
    if (!('wakeUps' in job)) throw new TypeError('a worker takes wake-ups');
    const start = startOn(job.endpoints);
    const partition = async (wakeUps: readonly WakeUp[]): Promise<void> => {
      for (const wakeUp of wakeUps) await start(wakeUp, { workerId: crypto.randomUUID(), remainingMs });
    };
    await Promise.all(job.wakeUps.map(partition));
  };
}

type Start = (wakeUp: WakeUp, shift: Shift) => Promise<unknown>;

function createStart(side: SideName, client: DynamoDBClient, endpoints: number, channel: Channel): Start {
  const stores = storesOf(client, endpoints);
  const ports: WorkerPorts = {
    ...stores,
    maps: cacheSegmentMaps(stores.maps),
    channel,
    deadLetters: { send: () => Promise.reject(new Error('a sink that accepts everything left a dead letter')) },
    clock: systemClock,
    storeTime: systemClock.wallMs,
    log: silence,
    openAddress: cipher.open,
    concerns,
    renderText,
    random: Math.random,
  };
  if (side === 'ours') return (wakeUp, shift) => work(wakeUp, shift, ports);
  const unlimited = { ...ports, ratePerWorker: Number.POSITIVE_INFINITY };
  return createBaseline(side as Design, { ...stores, maps: ports.maps }, unlimited).work;
}

const timedChannel = (product: Channel, span: CallSpan): Channel => ({
  name: product.name,
  deliver: (notification, signal) => span.time(() => product.deliver(notification, signal)),
});
