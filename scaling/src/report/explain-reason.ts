import { type Reason, reasonMeanings } from '../decide/reason.ts';
import { sayCount, sayDuration, sayUsd } from './units.ts';

/** A reason as one sentence, with its facts. */
export function explainReason(reason: Reason): string {
  const subject = reason.channel === undefined ? '' : `${reason.channel}: `;
  return `${subject}${facts(reason)}`;
}

function facts(reason: Reason): string {
  if (reason.field !== undefined) return settled(reason);
  const { code } = reason;
  const meaning = reasonMeanings[code];
  const detail = details[code]?.(reason);
  return detail === undefined ? meaning : `${meaning.replace(/\.$/, '')}: ${detail}.`;
}

/** `activePartitions 15 -> 30: the need of 26 is above 15; with headroom the target is 30.` */
function settled({ code, field, current, chosen, need, target }: Reason): string {
  const move = current === chosen ? `${field} stays ${chosen}` : `${field} ${current} -> ${chosen}`;
  const wanted =
    need === undefined ? `the target is ${target}` : `the need is ${need}, with headroom the target is ${target}`;
  return `${move}: ${wanted}. ${reasonMeanings[code]}`;
}

type Detail = (reason: Reason) => string;

const late: Detail = ({ lastRecipientSeconds, sloSeconds }) =>
  `the last recipient is reached after ${sayDuration(lastRecipientSeconds ?? 0)} instead of ${sayDuration(sloSeconds ?? 0)}`;

const details: Partial<Record<Reason['code'], Detail>> = {
  NO_SENDER_FOR_COUNTRY: ({ endpoints = 0 }) => `${sayCount(endpoints)} endpoints`,
  LATENCY_ASSUMED: ({ p95Ms }) => `${p95Ms} ms`,
  CONCURRENCY_REFUSED_GROWTH: ({ refused }) => `${refused} active partitions less than wanted`,
  CONCURRENCY_TOO_SMALL: ({ askFor }) => `ask AWS for ${askFor} concurrent executions`,
  COST_REFUSED_WARM: ({ refused }) => `${refused} warm workers less than wanted`,
  COST_REFUSED_GROWTH: ({ refused }) => `${refused} active partitions less than wanted`,
  COST_REFUSED_PRODUCER: ({ refused }) => `${refused} MB less than wanted`,
  COST_ABOVE_CEILING: ({ standingUsdCents = 0 }) => `${sayUsd(standingUsdCents)} a month`,
  FOLLOWS_INPUT: ({ fields = [] }) => fields.join(', '),
  SLO_IMPOSSIBLE_PROVIDER: (reason) => {
    const asks = (reason.senders ?? []).map((ask) => `${sayCount(ask.askForPerSecond)}/s for sender ${ask.sender}`);
    return `${late(reason)}; it would take ${asks.join(', ')}`;
  },
  SLO_IMPOSSIBLE_ACCOUNT: (reason) => `${late(reason)}; it would take ${sayCount(reason.askForPerSecond ?? 0)}/s`,
  SLO_MISSED_CAPACITY: late,
  DAILY_QUOTA_TOO_SMALL: ({ shortBy = 0 }) => `${sayCount(shortBy)} messages short`,
};
