import type { Alert, Outcome } from '@quakewire/core';
import { type Audit, type AuditRow, nameOf, type Told, type UnnamedPages } from './audit-ledger.ts';
import { describeAlert, formatTime } from './format-overview.ts';
import type { AlertName } from './read-options.ts';

const toldWords: Readonly<Record<Told, string>> = {
  yes: 'TOLD',
  no: 'not told',
  perhaps: 'PERHAPS',
  notYet: 'not yet',
};

/** Each outcome in words that stand after "told" or "not told". */
const explanations: Readonly<Record<Outcome, string>> = {
  open: 'claimed, outcome not known yet',
  notTried: 'not tried yet',
  retrying: 'failed so far, another attempt follows',
  accepted: 'the provider accepted it',
  delivered: 'a receipt says that it arrived',
  unknown: 'a send was begun and its answer is not known',
  rejected: 'the provider refused it for good',
  exhausted: 'every attempt failed',
  handedToBackup: 'failed here, handed to the backup channel',
  replayed: 'every attempt failed; its dead letter was replayed, see its other line',
  optedOut: 'had opted out',
  quietHours: 'quiet hours',
  superseded: 'a later alert took its place before this one was sent',
  belowThreshold: "expected intensity below the endpoint's minimum, or outside the area",
  notInForce: 'not in force when the alert was issued, or another place of the same person counted',
  expired: 'no longer useful before it could be sent',
};

/** For people: each alert, then a line an endpoint. */
export function formatAudit({ alerts, rows, sealed, running }: Audit): string {
  const names = new Set([...alerts, ...rows, ...sealed].map(nameOf));
  const sections = [...names].flatMap((name) => {
    const isOf = (one: Required<AlertName>): boolean => nameOf(one) === name;
    const alert = alerts.find(isOf);
    const lines = [
      ...rows.filter(isOf).map((row) => formatRow(row, alert?.kind)),
      ...sealed.filter(isOf).map(formatSealed),
    ];
    return [
      alert ? describeAlert(alert) : `${name}  (the alert itself is no longer kept, its ledger is)`,
      ...(running.includes(name) ? ['  RUNNING: whoever is not named here may still be told'] : []),
      ...(lines.length > 0 ? lines : ['  nobody asked for is named in its ledger']),
      '',
    ];
  });
  return [...sections, `endpoints named: ${rows.length}; times in UTC`, ''].join('\n');
}

/** Some outcomes stand for two things that only the rest of the row, or the alert, tells apart. */
function explain({ outcome, sentAtMs }: AuditRow, kind: Alert['kind'] | undefined): string {
  if (outcome === 'notInForce' && kind === 'cancel') return 'not told by the alert before, so nothing to take back';
  if (outcome === 'rejected' && sentAtMs === undefined) return 'could not be sent at all';
  return explanations[outcome];
}

function formatRow(row: AuditRow, kind: Alert['kind'] | undefined): string {
  const { channel, endpointId, told, reason, messageId, sentAtMs, pageResent } = row;
  const why = [
    explain(row, kind),
    ...(reason ? [`reason ${reason}`] : []),
    ...(messageId ? [`message ${messageId}`] : []),
    ...(pageResent ? ['its page was sent again once to whoever was unknown'] : []),
  ];
  const time = sentAtMs === undefined ? '-' : formatTime(sentAtMs);
  return `  ${endpointId}  ${channel.padEnd(8)}  ${toldWords[told].padEnd(8)}  ${time.padEnd(24)}  ${why.join('; ')}`;
}

const formatSealed = ({ channel, pages, endpoints, notConcerned }: UnnamedPages): string =>
  `  (not named)       ${channel.padEnd(8)}  not told  ${endpoints} endpoints on ${pages} pages, ${notConcerned} of them not concerned: a later alert took the place of this one`;
