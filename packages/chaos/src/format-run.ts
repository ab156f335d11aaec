import { type RunCounts, type RunEvidence, reportRow } from '@quakewire/core';
import { takenPages } from './judge-channel.ts';
import type { RunOutcome, Verdict } from './judge-run.ts';

const columns: readonly (keyof RunCounts)[] = [
  ...(['considered', 'notConcerned', 'eligible', 'accepted', 'failed'] as const),
  ...(['suppressed', 'expired', 'unknown', 'handedToBackup'] as const),
];

/** The ledger beside the sinks, alert and cancel one after the other, and what of the promises did not hold. */
export function formatRun(outcome: RunOutcome, verdict: Verdict): string {
  const lines = [
    ...formatPart('the alert', 'alert', outcome.alert, outcome),
    ...formatPart('the cancel', 'cancel', outcome.cancel, outcome),
    `pages taken over from silent holders: ${verdict.takenPages}, at most ${verdict.takenPagesAllowed} are explained by the faults`,
    `closed ${outcome.closedAfterMs === undefined ? 'never' : `${(outcome.closedAfterMs / 1000).toFixed(1)} s`} after the last fault`,
    ...verdict.problems.map((problem) => `NOT KEPT: ${problem}`),
  ];
  return lines.join('\n');
}

function formatPart(
  title: string,
  kind: 'alert' | 'cancel',
  runs: readonly RunEvidence[],
  { channels }: RunOutcome,
): string[] {
  const names = runs.map(({ run }) => run.channel);
  const row = (name: string, values: readonly number[]): string =>
    reportRow(name, [...values, values.reduce((sum, value) => sum + value, 0)].map(String));
  const messagesOf = (name: (typeof names)[number]) =>
    (channels[name]?.messages ?? []).filter((message) => message.kind === kind);
  return [
    reportRow(title, [...names, 'all']),
    ...columns.map((column) =>
      row(
        column,
        runs.map(({ ledger }) => ledger.counts[column]),
      ),
    ),
    row(
      'pages taken',
      runs.map(({ ledger }) => takenPages(ledger.pages)),
    ),
    row(
      'sink accepted',
      names.map((name) => messagesOf(name).length),
    ),
    row(
      'sink addresses',
      names.map((name) => new Set(messagesOf(name).map(({ to }) => to)).size),
    ),
    '',
  ];
}
