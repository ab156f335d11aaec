import type { ChannelName, RunCounts, RunEvidence } from '@quakewire/core';
import { type Fault, strikesConsumer } from './fault.ts';
import type { ChannelEvidence } from './judge-channel.ts';
import { type BrokenPromises, judgeChannel, takenPages } from './judge-channel.ts';

/** A process never has more pages than this in flight. */
const pagesInFlight = 4;
/** After the last fault is over. */
const closeWithinMs = 60_000;

export interface RunOutcome {
  /** Those that struck. */
  faults: readonly Fault[];
  /** The alert's runs and the cancel's, as their ledgers say in the end. */
  alert: readonly RunEvidence[];
  cancel: readonly RunEvidence[];
  channels: Readonly<Partial<Record<ChannelName, Pick<ChannelEvidence, 'endpoints' | 'messages'>>>>;
  /** From the end of the last fault to the close of the last run; undefined when it did not close. */
  closedAfterMs: number | undefined;
}

export interface Verdict {
  broken: Record<string, BrokenPromises>;
  takenPages: number;
  takenPagesAllowed: number;
  /** What was promised and did not hold, a line each; empty when all held. */
  problems: string[];
}

/** Holds a run's end against the protocol's promises. */
export function judgeRun(outcome: RunOutcome): Verdict {
  const { faults, alert, cancel, channels, closedAfterMs } = outcome;
  const pagesOf = (runs: readonly RunEvidence[], channel: string) =>
    runs.filter(({ run }) => run.channel === channel).flatMap(({ ledger }) => ledger.pages);
  const broken = Object.fromEntries(
    Object.entries(channels).map(([channel, seen]) => [
      channel,
      judgeChannel({ ...seen, alertPages: pagesOf(alert, channel), cancelPages: pagesOf(cancel, channel) }),
    ]),
  );
  const taken = takenPages([...alert, ...cancel].flatMap(({ ledger }) => ledger.pages));
  const takenPagesAllowed = pagesInFlight * faults.filter(strikesConsumer).length;
  const problems = [
    ...Object.entries(broken).flatMap(([channel, promises]) => problemsOf(channel, promises)),
    ...[...alert, ...cancel].flatMap((evidence) =>
      sumProblems(evidence, channels[evidence.run.channel]?.endpoints.length ?? 0),
    ),
  ];
  if (taken > takenPagesAllowed)
    problems.push(`${taken} pages were taken over, at most ${takenPagesAllowed} are explained`);
  if (closedAfterMs === undefined) problems.push('a run did not close');
  else if (closedAfterMs > closeWithinMs)
    problems.push(
      `closed ${Math.round(closedAfterMs / 1000)} s after the last fault, allowed are ${closeWithinMs / 1000}`,
    );
  return { broken, takenPages: taken, takenPagesAllowed, problems };
}

const shown = 3;

function problemsOf(channel: string, promises: BrokenPromises): string[] {
  return Object.entries(promises).flatMap(([promise, addresses]: [string, string[]]) =>
    addresses.length === 0
      ? []
      : [`${channel}: ${addresses.length} ${promise}, such as ${addresses.slice(0, shown).join(', ')}`],
  );
}

function sumProblems({ run, ledger: { counts, pending } }: RunEvidence, seeded: number): string[] {
  const name = `${run.channel}/${run.seq}`;
  const { accepted, failed, suppressed, expired, unknown, handedToBackup } = counts;
  const problems: string[] = [];
  if (pending.length > 0)
    problems.push(`${name}: ${pending.length} pages are not final: ${pending.slice(0, shown).join(', ')}`);
  if (counts.considered !== seeded) problems.push(`${name}: ${counts.considered} considered of ${seeded} seeded`);
  if (counts.considered + counts.fromBackup !== counts.notConcerned + counts.eligible)
    problems.push(`${name}: considered does not add up`);
  if (counts.eligible !== accepted + failed + suppressed + expired + unknown + handedToBackup)
    problems.push(`${name}: eligible does not add up`);
  if (run.counts && !differsByLateTruth(run.counts, counts))
    problems.push(`${name}: closed with other counts than its ledger's`);
  return problems;
}

/** After the close a silent holder may still have told the truth: only unknown becomes accepted or failed. */
function differsByLateTruth(closed: RunCounts, now: RunCounts): boolean {
  const known = (counts: RunCounts) => counts.accepted + counts.failed;
  const learnt = closed.unknown - now.unknown;
  const rest = (counts: RunCounts) =>
    JSON.stringify([
      counts.considered,
      counts.notConcerned,
      counts.eligible,
      counts.suppressed,
      counts.expired,
      counts.handedToBackup,
    ]);
  return learnt >= 0 && known(now) - known(closed) === learnt && rest(closed) === rest(now);
}
