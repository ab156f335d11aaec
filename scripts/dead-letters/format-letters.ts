import type { Alert, LetterReplay, UndeliveredLetter } from '@quakewire/core';
import { describeAlert } from '../reports/format-overview.ts';
import type { HeldLetter } from './letter-queues.ts';

type AnyLetter = HeldLetter['letter'];

const reasonsOf = (letter: AnyLetter): string[] =>
  letter.type === 'undelivered' ? [...new Set(letter.endpoints.map(({ reason }) => reason))] : [letter.reason];

/** A line a letter. */
export function formatList(letters: readonly HeldLetter[]): string {
  const lines = letters.map(({ channel, letter }) => {
    const endpoints = letter.type === 'undelivered' ? `${letter.endpoints.length} endpoints` : '-';
    return `${channel.padEnd(9)} ${letter.type.padEnd(12)} ${endpoints.padEnd(14)} ${letter.id}  ${reasonsOf(letter).join('; ')}`;
  });
  return [...lines, `letters: ${letters.length}`, ''].join('\n');
}

/** Letters and endpoints by channel and cause, the most frequent first. */
export function formatGroups(letters: readonly HeldLetter[]): string {
  const groups = new Map<string, { letters: number; endpoints: number }>();
  const add = (name: string, endpoints: number): void => {
    const group = groups.get(name) ?? { letters: 0, endpoints: 0 };
    groups.set(name, { letters: group.letters + 1, endpoints: group.endpoints + endpoints });
  };
  for (const { channel, letter } of letters) {
    for (const reason of reasonsOf(letter)) {
      const named = letter.type === 'undelivered' ? letter.endpoints.filter((one) => one.reason === reason).length : 0;
      add(`${channel.padEnd(9)} ${letter.type.padEnd(12)} ${reason}`, named);
    }
  }
  const lines = [...groups]
    .sort(([, a], [, b]) => b.endpoints - a.endpoints || b.letters - a.letters)
    .map(([name, group]) => `${String(group.letters).padStart(7)} ${String(group.endpoints).padStart(9)}  ${name}`);
  return ['letters endpoints  channel   kind         cause', ...lines, ''].join('\n');
}

const obstacles: Readonly<Record<NonNullable<LetterReplay['obstacle']>, string>> = {
  alertGone: 'nothing: its run is no longer kept',
  expired: 'nothing: the alert has expired, telling people now would mislead them',
  superseded: 'nothing: a later alert has taken the place of this one',
  pageNotSettled: 'nothing yet: the page is still being worked on',
};

const verdicts: Readonly<Record<LetterReplay['endpoints'][number]['verdict'], string>> = {
  toldAgain: 'is told once more',
  optedOut: 'is not told: opted out, or gone',
  notExhausted: 'nothing to do: the ledger does not have it as exhausted',
};

/** A line that says what a replay does, then one an endpoint. */
export function formatReplay(letter: UndeliveredLetter, { obstacle, endpoints }: LetterReplay): string[] {
  if (obstacle) return [`  replay    ${obstacles[obstacle]}`];
  const byId = new Map(letter.endpoints.map((endpoint) => [endpoint.endpointId, endpoint]));
  return endpoints.map(({ endpointId, outcome, verdict }) => {
    const { reason = '', attempts = 0 } = byId.get(endpointId) ?? {};
    return `  ${endpointId}  ${reason}, attempts ${attempts}; now ${outcome ?? 'not on its page'}: ${verdicts[verdict]}`;
  });
}

export function formatUndelivered(letter: UndeliveredLetter, alert: Alert | undefined, replay: LetterReplay): string {
  const { segmentId, page, queued } = letter;
  return [
    `letter  ${letter.id}`,
    `alert   ${alert ? describeAlert(alert) : `${letter.earthquakeId}/${letter.seq} (no longer kept)`}`,
    `page    ${letter.channel}, segment ${segmentId}, page ${page}${queued ? `, ${queued.queue} ${queued.batch}` : ''}`,
    ...formatReplay(letter, replay),
    '',
  ].join('\n');
}

/** What cannot be replayed is only said: its content may be anything. */
export function formatOther({ channel, letter }: HeldLetter): string {
  const size = letter.type === 'poison' ? [`size    ${Buffer.from(letter.payload, 'base64').length} bytes`] : [];
  return [
    `letter  ${letter.id} (${letter.type}, ${channel})`,
    `reason  ${letter.type === 'undelivered' ? '' : letter.reason}`,
    ...size,
    'replay  nothing: a record that could not be read assigns no work; the leader wakes workers for whatever is left',
    '',
  ].join('\n');
}
