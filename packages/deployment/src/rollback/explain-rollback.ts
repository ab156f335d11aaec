import type { ReviewedChange } from '../change/reviewed-change.ts';
import type { Manifest } from '../snapshot/manifest.ts';
import type { Lifted } from './lift-ratchets.ts';

/** What no rollback brings back, whatever the snapshot was. */
const neverGoesBack = [
  'Data: tables keep every row that was written since; older code reads them, or the snapshot is refused.',
  'Offsets and records in Kafka: wake-ups that were published stay published.',
  'Sent messages: whoever was told stays told.',
  'Opt-outs and consents: whoever said STOP stays out.',
  'Secrets and keys.',
];

/** What a rollback will do, and what it will not, for the person who decides. */
export function explainRollback(
  name: string,
  manifest: Manifest,
  change: ReviewedChange | null,
  lifted: readonly Lifted[],
): string {
  const changes =
    change?.plans.flatMap((plan) => plan.changes.map(({ address, field }) => `${address}: ${field}`)) ?? [];
  return [
    `Back to ${name}, taken ${manifest.takenAt} of commit ${manifest.commit.slice(0, 9)}.`,
    '',
    'Goes back:',
    ...bullets(changes.length > 0 ? changes : ['nothing: everything is as it was then']),
    '',
    'Stays higher than it was:',
    ...bullets(lifted.length > 0 ? lifted.map(sentenceOf) : ['nothing']),
    '',
    'Does not go back, ever:',
    ...bullets(neverGoesBack),
    '',
  ].join('\n');
}

const bullets = (lines: readonly string[]): string[] => lines.map((line) => `  - ${line}`);

function sentenceOf({ channel, field, snapshot, stays, reason }: Lifted): string {
  if (field === 'channel') return `channel ${channel}: ${reason}`;
  return `${channel} ${field}: ${snapshot} then, ${stays} stays (${reason})`;
}
