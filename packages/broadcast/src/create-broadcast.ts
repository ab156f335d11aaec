import type { Alert, Broadcast, Logger, RunStore, TimerClock } from '@quakewire/core';
import type { CapIdentity } from './cap/cap-identity.ts';
import { type PublicChats, postToChats } from './posts/post-to-chats.ts';
import { type CapPublication, publishCap } from './publish-cap.ts';

export interface BroadcastPorts {
  publication: CapPublication;
  /** Undefined: nothing is posted. */
  chats: PublicChats | undefined;
  runs: Pick<RunStore, 'readAlert'>;
  clock: TimerClock;
  log: Logger;
  /** Counts what was not published. */
  onFailure(): void;
}

/** Says an alert to everybody at once: posts to public chats, the CAP file and its feed, all side by side. */
export function createBroadcast({ publication, chats, runs, clock, log, onFailure }: BroadcastPorts): Broadcast {
  const underWay = new Set<Promise<void>>();

  function begin({ earthquakeId, seq }: Alert, what: 'posts' | 'cap', published: Promise<void>): void {
    const done = published
      .catch((error: Error) => {
        log.error({ earthquakeId, seq, what, error: error.message }, 'not broadcast');
        onFailure();
      })
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  return {
    start(alert, isNew) {
      if (chats && isNew) begin(alert, 'posts', postToChats(alert, chats, clock));
      begin(alert, 'cap', publishWithReferences(alert));
    },
    async ended() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };

  async function publishWithReferences(alert: Alert): Promise<void> {
    await publishCap(alert, await earlierAlerts(alert, runs), publication);
  }
}

/** Oldest first. */
async function earlierAlerts({ earthquakeId, seq }: Alert, runs: BroadcastPorts['runs']): Promise<CapIdentity[]> {
  const earlier = Array.from({ length: seq - 1 }, (_, at) => runs.readAlert(earthquakeId, at + 1));
  return (await Promise.all(earlier)).filter((alert) => alert !== undefined);
}
