import type { Alert, RunEvidence } from '@quakewire/core';
import type { SinkMessage } from './sinks-client.ts';
import type { PlainEndpoint } from './subscribers.ts';

/** A message that reached a provider, with the alert that it told of and whom. */
export interface ToldMessage {
  alert: Alert;
  endpoint: PlainEndpoint;
  message: SinkMessage;
}

export interface AlertEvidence {
  alert: Alert;
  evidence: readonly RunEvidence[];
}

/**
 * Which message told whom of which alert. Providers know addresses only, so of those to one address it is the message that
 * arrived nearest to the time at which the ledger says that it was sent.
 */
export function messagesOf(
  alerts: readonly AlertEvidence[],
  endpoints: readonly PlainEndpoint[],
  messages: readonly SinkMessage[],
): ToldMessage[] {
  const arrived = groupBy(messages, ({ channel, to }) => `${channel} ${to}`);
  const byId = new Map(endpoints.map((endpoint) => [`${endpoint.channel} ${endpoint.id}`, endpoint]));
  return alerts.flatMap(({ alert, evidence }) =>
    acceptedIn(alert, evidence).flatMap(({ name, sentAtMs }) => {
      const endpoint = byId.get(name);
      const message = endpoint && nearest(arrived.get(`${endpoint.channel} ${endpoint.address}`) ?? [], sentAtMs);
      return message ? [{ alert, endpoint, message }] : [];
    }),
  );
}

const nearest = (messages: readonly SinkMessage[], sentAtMs: number): SinkMessage | undefined =>
  messages.toSorted((a, b) => Math.abs(a.arrivedAtMs - sentAtMs) - Math.abs(b.arrivedAtMs - sentAtMs))[0];

function groupBy<Value>(values: readonly Value[], nameOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(nameOf(value));
    if (group) group.push(value);
    else groups.set(nameOf(value), [value]);
  }
  return groups;
}

const acceptedIn = (alert: Alert, evidence: readonly RunEvidence[]) =>
  evidence.flatMap(({ run, ledger }) =>
    ledger.pages.flatMap(({ entries }) =>
      entries
        .filter(({ outcome }) => outcome === 'accepted' || outcome === 'delivered')
        .map(({ endpointId, sentAtMs = alert.issuedAtMs }) => ({
          alert,
          name: `${run.channel} ${endpointId}`,
          sentAtMs,
        })),
    ),
  );
