import {
  type Alert,
  type Broadcast,
  type BudgetStore,
  type ChannelName,
  type Clock,
  carryOutRequests,
  createReceiver,
  createRunWatch,
  dispatchAlert,
  type EarthquakeStore,
  type LeaderLease,
  type Ledger,
  type Logger,
  type ReadAhead,
  type ReadAheadPorts,
  type Receiver,
  type RequestStore,
  type RunStore,
  readAhead,
  type StoreTime,
  superviseRuns,
  tellDigests,
} from '@quakewire/core';
import { createHeldLease } from './leading/held-lease.ts';
import { createInbox } from './leading/inbox.ts';
import { lead } from './leading/lead.ts';
import { listen } from './leading/listen.ts';
import type { Repeated } from './leading/repeat.ts';
import { reportPolicy } from './leading/report-policy.ts';
import { reportSources, type SourceMetrics } from './leading/report-sources.ts';
import { runShift, type ShiftEnd } from './leading/run-shift.ts';
import { sendHeartbeats } from './leading/send-heartbeats.ts';
import type { Listeners } from './sources/listeners.ts';
import type { Source } from './sources/source.ts';

export interface ShiftPorts extends ReadAheadPorts, Listeners {
  channels: readonly ChannelName[];
  earthquakes: EarthquakeStore;
  requests: Pick<RequestStore, 'listOpen' | 'end'>;
  runs: RunStore;
  ledger: Pick<Ledger, 'readSegment' | 'readQueued' | 'queue' | 'sealHandedBack'>;
  budgets: BudgetStore;
  broadcast: Broadcast;
  leader: LeaderLease;
  standby: LeaderLease;
  metrics: SourceMetrics;
  clock: Clock;
  storeTime: StoreTime;
}

/** What waits longer than this is given up: an earthquake of then is no longer told of. */
const longestWaitMs = 30 * 60_000;
const superviseMs = 2_000;
/** A cancel waits half of this on average. */
const requestsMs = 500;
const refreshMs = 5_000;
const minuteMs = 60_000;

/** One shift of the producer, from the ports; `owner` is a name that no other invocation has. */
export function createShift(shiftMs: number, ports: ShiftPorts): (owner: string, logger: Logger) => Promise<ShiftEnd> {
  return async (owner, logger) => {
    const { clock, channels } = ports;
    const inbox = createInbox(clock, longestWaitMs);
    const sources = ports.createSources();
    const leader = createHeldLease(ports.leader, owner, clock);
    const ahead = readAhead(channels, ports);
    const receive = createReceiver(ports, ahead, logger);
    const shift = runShift(shiftMs, {
      leader,
      standby: createHeldLease(ports.standby, owner, clock),
      listen: (signal) => listen(sources, inbox.put, clock, signal),
      prepare: ahead.refresh,
      lead: (signal) =>
        lead(
          {
            lease: leader,
            inbox,
            receive,
            duties: [
              ...dutiesOf(ports, ahead, sources, logger),
              operatorsDuty(ports, ahead, receive, logger),
              digestsDuty(ports, ahead, logger),
            ],
            clock,
            logger,
          },
          signal,
        ),
      clock,
      logger,
    });
    try {
      return await shift;
    } finally {
      await ports.broadcast.ended();
    }
  };
}

/** What the leader does besides taking bulletins. */
function dutiesOf(ports: ShiftPorts, ahead: ReadAhead, sources: readonly Source[], logger: Logger): Repeated[] {
  const { channels } = ports;
  const watch = createRunWatch();
  const supervisorPorts = { ...ports, ...ahead, log: logger };
  return [
    { name: 'read ahead', everyMs: refreshMs, pass: ahead.refresh },
    {
      name: 'alert policy',
      everyMs: minuteMs,
      pass: async () => reportPolicy(await ahead.policy(), ports.metrics, logger),
    },
    { name: 'supervise', everyMs: superviseMs, pass: () => superviseRuns(channels, watch, supervisorPorts) },
    { name: 'heartbeats', everyMs: minuteMs, pass: () => sendHeartbeats(channels, ahead) },
    {
      name: 'sources',
      everyMs: minuteMs,
      pass: async () => reportSources(sources, ports.metrics, ports.clock.wallMs()),
    },
  ];
}

/** What operators ask for is begun within a second, while bulletins are taken side by side. */
function operatorsDuty(ports: ShiftPorts, ahead: ReadAhead, receive: Receiver, logger: Logger): Repeated {
  const { requests, earthquakes, storeTime: storeNow } = ports;
  const policy = async () => (await ahead.policy()).policy;
  const pass = () => carryOutRequests({ requests, earthquakes, receive, storeNow, policy, logger });
  return { name: 'operators', everyMs: requestsMs, pass };
}

/** Aftershocks of which nobody is told singly; a digest is no news to be told to everybody at once. */
function digestsDuty(ports: ShiftPorts, ahead: ReadAhead, logger: Logger): Repeated {
  const { earthquakes, runs, budgets, channels, clock, storeTime: storeNow } = ports;
  const dispatch = (alert: Alert) =>
    dispatchAlert({ alert, channels, pinnedMaps: {} }, { runs, budgets, clock, ...ahead });
  const pass = async () => {
    const { policy } = await ahead.policy();
    await tellDigests({ earthquakes, runs, policy, storeNow, dispatch, logger });
  };
  return { name: 'digests', everyMs: minuteMs, pass };
}
