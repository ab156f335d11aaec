import type { StoreTime } from '../../runtime/clock.ts';
import type { UndeliveredLetter } from '../dead-letter.ts';
import type { Entry, Ledger, PageRecord } from '../ledger.ts';
import type { Outcome } from '../outcome.ts';
import { queueRows } from '../queued/queue-rows.ts';
import { type KeptRow, type RowsPorts, readRowsOf } from '../queued/rows-of-page.ts';
import { handedRows } from '../queued/rows-to-queue.ts';
import type { RunStore } from '../run.ts';
import { isExpired } from '../urgency.ts';

export interface ReplayPorts extends RowsPorts {
  runs: Pick<RunStore, 'read' | 'readAlert' | 'reopen'>;
  ledger: Pick<Ledger, 'read' | 'amend' | 'readQueued' | 'queue'>;
  storeTime: StoreTime;
}

/** Why nothing of a letter can be replayed. */
export type ReplayObstacle = 'alertGone' | 'expired' | 'superseded' | 'pageNotSettled';

/** What a replay does for one endpoint: told once more, or not, because of consent, or of what the ledger says. */
export interface EndpointReplay {
  endpointId: string;
  /** As the ledger has it before the replay; undefined where the page does not name the endpoint. */
  outcome: Outcome | undefined;
  verdict: 'toldAgain' | 'optedOut' | 'notExhausted';
}

export interface LetterReplay {
  obstacle?: ReplayObstacle;
  endpoints: EndpointReplay[];
}

/** What a replay of the letter would do now. Changes nothing. */
export async function planReplay(letter: UndeliveredLetter, ports: ReplayPorts): Promise<LetterReplay> {
  const { replay } = await judge(letter, ports);
  return replay;
}

/**
 * Queues once more, on the same channel, whoever the letter names and the ledger still has as exhausted, if they have not
 * opted out and the alert is of use. Each is marked as replayed before that, so a second replay finds nothing to do; one
 * that broke off is completed.
 */
export async function replayLetter(letter: UndeliveredLetter, ports: ReplayPorts): Promise<LetterReplay> {
  for (;;) {
    const { replay, page, rows } = await judge(letter, ports);
    if (replay.obstacle || !page) return replay;
    const again = new Set(
      replay.endpoints.flatMap(({ endpointId, verdict }) => (verdict === 'toldAgain' ? [endpointId] : [])),
    );
    const entries = page.entries.map((entry) => (again.has(entry.endpointId) ? replayed(entry, rows) : entry));
    // Should this process die after the change, the run's supervisor finds who is not queued yet.
    if (again.size > 0) await ports.runs.reopen(page.key);
    if (again.size > 0 && !(await ports.ledger.amend(page, entries)).applied) continue;
    const { queued, ...place } = page.key;
    const handed = queued ? [] : handedRows({ entries }, 'replay');
    await queueRows({ ...place, queue: queued?.queue ?? 'replay' }, handed, 'notTried', ports);
    return replay;
  }
}

function replayed(entry: Entry, rows: ReadonlyMap<string, KeptRow>): Entry {
  const row = rows.get(entry.endpointId);
  return row ? { ...entry, outcome: 'replayed', handedTo: row.key } : entry;
}

interface Judged {
  replay: LetterReplay;
  page?: PageRecord;
  rows: ReadonlyMap<string, KeptRow>;
}

async function judge(letter: UndeliveredLetter, ports: ReplayPorts): Promise<Judged> {
  const { earthquakeId, seq, endpoints } = letter;
  const stopped = (obstacle: ReplayObstacle): Judged => ({
    replay: { obstacle, endpoints: [] },
    rows: new Map(),
  });
  const [run, later, page] = await Promise.all([
    ports.runs.read(letter),
    ports.runs.readAlert(earthquakeId, seq + 1),
    ports.ledger.read(letter),
  ]);
  if (!run) return stopped('alertGone');
  if (later) return stopped('superseded');
  if (isExpired(run, ports.storeTime())) return stopped('expired');
  if (page?.state !== 'settled') return stopped('pageNotSettled');
  const rows = await readRowsOf(page, run, ports);
  const replay = {
    endpoints: endpoints.map(({ slot, endpointId }) => judgeEndpoint(endpointId, page.entries[slot], rows)),
  };
  return { replay, page, rows };
}

function judgeEndpoint(
  endpointId: string,
  entry: Entry | undefined,
  rows: ReadonlyMap<string, KeptRow>,
): EndpointReplay {
  const outcome = entry?.endpointId === endpointId ? entry.outcome : undefined;
  if (outcome !== 'exhausted') return { endpointId, outcome, verdict: 'notExhausted' };
  const row = rows.get(endpointId)?.row;
  const mayBeTold = row && 'endpoint' in row && !row.endpoint.optedOut;
  return { endpointId, outcome, verdict: mayBeTold ? 'toldAgain' : 'optedOut' };
}
