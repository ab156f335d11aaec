import type { Clock } from '../runtime/clock.ts';
import { createHold, type Elapsed } from './lease-time.ts';
import type { Board, Run } from './run.ts';

/** What a leader remembers of an open run from one pass to the next; a new leader begins anew. */
export interface WatchedRun {
  run: Run;
  /** Since anything moved on the board, as far as this leader saw. */
  still: Elapsed;
  /** Since wake-ups were published last, or watching began. */
  published: Elapsed;
  /** Since the ledger was read last. */
  ledgerRead?: Elapsed;
  /** Nobody can work on it: it stays open, said once, and nobody is woken for it. */
  isUnworkable: boolean;
  /** Wake-ups published in a row without anything moving. */
  callsInVain: number;
  /** All wake-ups published, so that the next ones go to other partitions. */
  wakeUps: number;
  /** The newest generation that workers were woken for. */
  wokenGeneration: number;
  /** The board as seen last. */
  board: string;
}
export type RunWatch = Map<string, WatchedRun>;
export const createRunWatch = (): RunWatch => new Map();

export function watchRun(run: Run, clock: Clock): WatchedRun {
  const now = createHold(clock);
  return {
    run,
    still: now,
    published: now,
    isUnworkable: false,
    callsInVain: 0,
    wakeUps: 0,
    wokenGeneration: 0,
    board: '',
  };
}

/** Notes whether the board moved since it was seen last. */
export function noteBoard(watched: WatchedRun, board: Board, clock: Clock): void {
  const seen = JSON.stringify(board);
  if (seen === watched.board) return;
  watched.board = seen;
  watched.still = createHold(clock);
  watched.callsInVain = 0;
}

/** Without any movement for so long, workers are woken; then after longer and longer waits. */
const callAfterMs = [5_000, 10_000, 20_000] as const;
/** Without any movement for so long the ledger is read, whatever the board says. */
const quietMs = 20_000;

/** Time to wake workers for a run that stands still. */
export const isStalled = ({ still, published, callsInVain }: WatchedRun): boolean =>
  Math.min(still.elapsedMs(), published.elapsedMs()) >= (callAfterMs[callsInVain] ?? callAfterMs[2]);

/** Time to wake workers for a run that moves, but not with all the workers that it could have. */
export const mayHaveMoreWorkers = ({ published }: WatchedRun): boolean => published.elapsedMs() >= callAfterMs[0];

/** Time to look into the ledger whether all is final: the board says so, or it has said nothing for long. */
export function isLedgerDue({ run, still, ledgerRead }: WatchedRun, board: Board): boolean {
  const sinceReadMs = ledgerRead?.elapsedMs() ?? Number.POSITIVE_INFINITY;
  const allDone = board.marks.filter(({ done }) => done).length >= run.segmentOrder.length;
  return allDone ? sinceReadMs >= callAfterMs[0] : Math.min(still.elapsedMs(), sinceReadMs) >= quietMs;
}
