import {
  type Alert,
  type AlertPolicy,
  carryOut,
  channelNames,
  limitSms,
  type OperatorRequest,
  type RequestEnd,
  readPolicyInForce,
  receiveBulletin,
  type SegmentMap,
} from '@quakewire/core';
import { estimateReach, type Reach } from './estimate-reach.ts';
import type { OperatorPorts } from './operator-ports.ts';

/** What a request would do: decided by the use case that would do it, with nothing written and nobody told. */
export interface Rehearsal {
  end: RequestEnd;
  /** Undefined when nobody would be told. */
  alert: Alert | undefined;
  reach: Reach[];
  policy: AlertPolicy;
}

export async function rehearse(request: OperatorRequest, ports: OperatorPorts): Promise<Rehearsal> {
  const [{ policy }, maps, sizing] = await Promise.all([
    readPolicyInForce(ports.policies),
    currentMaps(ports),
    ports.sizing.read(),
  ]);
  const { asked } = request;
  const storeNow = asked.kind === 'drill' ? () => asked.startAtMs : ports.storeNow;
  const smsMap = maps.find(({ channel }) => channel === 'sms');
  const earthquakes = { ...ports.earthquakes, create: async () => true, saveRevision: async () => true };
  const limitSpending = async (alert: Alert) => limitSms(alert, policy, smsMap);
  const dispatch = async () => [];
  let alert: Alert | undefined;
  const end = await carryOut(request, {
    ...{ earthquakes, storeNow },
    async receive(bulletin) {
      const deps = { earthquakes, policy, storeNow, limitSpending, dispatch, logger: silent };
      const received = await receiveBulletin(bulletin, deps);
      if ('alert' in received) alert = received.alert;
      if ('shadow' in received) alert = received.shadow;
      return received;
    },
  });
  const reach = alert ? maps.map((map) => estimateReach(alert as Alert, map, sizing, policy)) : [];
  return { end, alert, reach, policy };
}

async function currentMaps({ maps }: OperatorPorts): Promise<SegmentMap[]> {
  const read = async (channel: SegmentMap['channel']): Promise<SegmentMap[]> => {
    const version = await maps.currentVersion(channel);
    return version === undefined ? [] : [await maps.read(channel, version)];
  };
  return (await Promise.all(channelNames.map(read))).flat();
}

const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
