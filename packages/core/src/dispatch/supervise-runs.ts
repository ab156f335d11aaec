import type { ChannelName } from '../channel/channel.ts';
import type { Clock, StoreTime } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { BudgetStore } from './budget.ts';
import { capacityOf, wakeUp } from './dispatch-alert.ts';
import { createHold } from './lease-time.ts';
import type { Ledger } from './ledger.ts';
import { runName } from './page-name.ts';
import { followHandOvers } from './queued/follow-hand-overs.ts';
import { openToCount } from './queued/open-to-count.ts';
import { type RunLedger, readRunLedger } from './read-run-ledger.ts';
import type { Board, OpenRun, RunStore } from './run.ts';
import {
  isLedgerDue,
  isStalled,
  mayHaveMoreWorkers,
  noteBoard,
  type RunWatch,
  type WatchedRun,
  watchRun,
} from './run-watch.ts';
import { SegmentMapGone, type SegmentMapStore } from './segment-map.ts';
import type { SizingStore } from './sizing-in-force.ts';
import { assignPartitions, rouletteStart } from './topic-roulette.ts';
import type { WakeUpLog } from './wake-up.ts';

export interface SupervisorPorts {
  runs: Pick<RunStore, 'listOpen' | 'read' | 'readBoard' | 'close' | 'reopen' | 'removeOpen'>;
  maps: Pick<SegmentMapStore, 'read'>;
  ledger: Pick<Ledger, 'readSegment' | 'readQueued' | 'queue' | 'sealHandedBack'>;
  budgets: Pick<BudgetStore, 'listSlots'>;
  sizing: SizingStore;
  wakeUps: WakeUpLog;
  clock: Clock;
  storeTime: StoreTime;
  log: Logger;
}

/** So many calls in vain are an alarm, with the names of the pages that hang. */
const callsToAlarm = 3;
/** A run still open so long after its expiry is an alarm. */
const overdueMs = 60_000;

/**
 * One pass over the open runs of all channels: wakes workers for what is left, closes what is complete, and takes alerts
 * whose runs are all closed off the open list. A run that cannot be looked at is looked at in the next pass; one whose map
 * is gone is given up by this leader: nobody could say who was not told, so it is not closed.
 * @param watch kept by the leader from pass to pass.
 */
export async function superviseRuns(
  channels: readonly ChannelName[],
  watch: RunWatch,
  ports: SupervisorPorts,
): Promise<void> {
  const open = (await Promise.all(channels.map((channel) => ports.runs.listOpen(channel)))).flat();
  const names = new Set(open.map(runName));
  for (const name of watch.keys()) if (!names.has(name)) watch.delete(name);
  const passes = open.map((entry) => superviseRun(entry, channels, watch, ports));
  for (const [at, pass] of (await Promise.allSettled(passes)).entries()) {
    if (pass.status === 'fulfilled') continue;
    const run = runName(open[at] as OpenRun);
    const reason = pass.reason instanceof Error ? pass.reason.message : 'unknown';
    const watched = watch.get(run);
    if (watched && pass.reason instanceof SegmentMapGone) {
      watched.isUnworkable = true;
      ports.log.error({ run, reason }, 'run hangs: nobody can work on it, it stays open');
    } else ports.log.error({ run, reason }, 'run could not be looked at');
  }
}

async function superviseRun(
  entry: OpenRun,
  channels: readonly ChannelName[],
  watch: RunWatch,
  ports: SupervisorPorts,
): Promise<void> {
  const watched = await watchedRun(entry, watch, ports);
  if (!watched) return;
  if (watched.run.state === 'open' && !watched.isUnworkable) {
    const board = await ports.runs.readBoard(watched.run);
    noteBoard(watched, board, ports.clock);
    const isSuperseded = entry.supersededBySeq !== undefined;
    if (isLedgerDue(watched, board)) await closeIfComplete(watched, isSuperseded, ports);
    // A superseded run's pages are ended by the workers of the alert that took its place.
    if (watched.run.state === 'open' && !isSuperseded) await wakeWorkers(watched, board, ports);
  }
  if (watched.run.state === 'closed') await removeIfAlertIsClosed(watched, channels, ports);
}

async function watchedRun(entry: OpenRun, watch: RunWatch, ports: SupervisorPorts): Promise<WatchedRun | undefined> {
  const known = watch.get(runName(entry));
  if (known) return known;
  const run = await ports.runs.read(entry);
  if (!run) return undefined;
  const watched = watchRun(run, ports.clock);
  watch.set(runName(entry), watched);
  return watched;
}

async function readLedger(watched: WatchedRun, { maps, ledger, clock }: SupervisorPorts): Promise<RunLedger> {
  const { run } = watched;
  watched.ledgerRead = createHold(clock);
  return readRunLedger(run, await maps.read(run.channel, run.mapVersion), ledger);
}

/**
 * The ledger is read before the run is closed, and the counts are the ledger's: the board only says when to look. The run's
 * generation is read before both: whoever hands endpoints to it meanwhile keeps it open.
 */
async function closeIfComplete(watched: WatchedRun, isSuperseded: boolean, ports: SupervisorPorts): Promise<void> {
  const run = (await ports.runs.read(watched.run)) ?? watched.run;
  watched.run = run;
  if (run.state === 'closed') return;
  const { pending, counts, handOvers } = await readLedger(watched, ports);
  if (pending.length > 0) return followHandOvers(handOvers, isSuperseded, ports);
  await openToCount(run, handOvers, ports);
  if (!(await ports.runs.close(run, counts))) return;
  watched.run = { ...run, state: 'closed', counts };
  ports.log.info({ run: runName(run), ...counts }, 'run closed');
}

/** A closed run may have been opened again, as long as it is listed. */
async function removeIfAlertIsClosed(
  watched: WatchedRun,
  channels: readonly ChannelName[],
  { runs }: SupervisorPorts,
): Promise<void> {
  const all = await Promise.all(channels.map((channel) => runs.read({ ...watched.run, channel })));
  const existing = all.filter((run) => run !== undefined);
  watched.run = existing.find(({ channel }) => channel === watched.run.channel) ?? watched.run;
  if (existing.every(({ state }) => state === 'closed')) await Promise.all(existing.map((run) => runs.removeOpen(run)));
}

async function wakeWorkers(watched: WatchedRun, board: Board, ports: SupervisorPorts): Promise<void> {
  const { run } = watched;
  const stalled = isStalled(watched);
  // Endpoints were handed to it: nobody may be there any more.
  const isCalled = board.generation > watched.wokenGeneration;
  if (!stalled && !isCalled && !mayHaveMoreWorkers(watched)) return;
  const marked = (name: 'taken' | 'done') => new Set(board.marks.filter((mark) => mark[name]).map(({ rank }) => rank));
  const [taken, done] = [marked('taken'), marked('done')];
  const ranks = run.segmentOrder.map((_, rank) => rank);
  const undone = ranks.filter((rank) => !done.has(rank));
  if (undone.length === 0 && board.generation === 0) return;
  const hasFreePages = isCalled || ranks.some((rank) => !taken.has(rank) && !done.has(rank));
  const slots = await ports.budgets.listSlots(run.channel);
  const free = slots.filter(({ owner, isLeaving }) => owner === undefined || isLeaving).length;
  if (!stalled && (free === 0 || !hasFreePages)) return;

  // With nothing left but what was queued, any rank will do.
  const wanted = undone.length > 0 ? undone : [0];
  await publish(watched, wanted.slice(0, Math.max(1, free)), ports);
  watched.wokenGeneration = board.generation;
  if (!stalled) return;
  watched.callsInVain++;
  if (watched.callsInVain === callsToAlarm) await alarm(watched, ports);
}

async function publish(watched: WatchedRun, ranks: readonly number[], ports: SupervisorPorts): Promise<void> {
  const { run } = watched;
  const { activePartitions } = capacityOf(await ports.sizing.read(), run.channel);
  const livePartitions = await ports.wakeUps.livePartitions(run.channel);
  const start = rouletteStart(run, activePartitions) + watched.wakeUps;
  const partitions = assignPartitions({ count: ranks.length, activePartitions, livePartitions, start });
  watched.published = createHold(ports.clock);
  watched.wakeUps += ranks.length;
  const messages = ranks.map((rank, at) => ({ partition: partitions[at] ?? 0, message: wakeUp(run, rank, 0) }));
  await ports.wakeUps.publish(run.channel, messages);
}

async function alarm(watched: WatchedRun, ports: SupervisorPorts): Promise<void> {
  const { pending } = await readLedger(watched, ports);
  const isOverdue = ports.storeTime() > watched.run.expiresAtMs + overdueMs;
  const fields = { run: runName(watched.run), pages: pending.length, hanging: pending.slice(0, 20), isOverdue };
  ports.log.error(fields, 'run hangs: woken workers do not move it');
}
