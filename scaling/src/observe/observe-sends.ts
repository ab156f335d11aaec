import { latencyBoundsMs, type SendMeasurement } from '@quakewire/core';
import type { Observation } from '../decide/observation.ts';
import type { ObservePorts, OnFailure } from './observe-ports.ts';

/** Fewer sends say little about a provider, and shorter ones nothing about its throughput. */
const fewestSends = 100;
const shortestMs = 1_000;
/** Sends that are farther apart belong to another alert. */
const pauseMs = 60_000;

/**
 * What providers took to accept, and how many messages a second went through in the newest alert, by what consumers
 * measured. A channel without enough of it is left out: `decide` then assumes, and says so.
 */
export async function observeSends(
  names: readonly string[],
  maximumInputAgeSeconds: number,
  ports: Pick<ObservePorts, 'nowMs' | 'sends'>,
  onFailure: OnFailure,
): Promise<Required<Pick<Observation, 'sendLatency' | 'sendThroughput'>>> {
  const nowMs = ports.nowMs();
  const seen = await Promise.all(
    names.map(async (name) => {
      const measured = await ports.sends(name, nowMs - maximumInputAgeSeconds * 1_000).catch((error: unknown) => {
        onFailure(`send measurements of ${name}`, error);
        return [];
      });
      return [name, summarise(measured, nowMs)] as const;
    }),
  );
  return {
    sendLatency: Object.fromEntries(seen.flatMap(([name, { latency }]) => (latency ? [[name, latency]] : []))),
    sendThroughput: Object.fromEntries(
      seen.flatMap(([name, { throughput }]) => (throughput ? [[name, throughput]] : [])),
    ),
  };
}

function summarise(measured: readonly SendMeasurement[], nowMs: number) {
  const ageSeconds = Math.max(0, Math.floor((nowMs - Math.max(...measured.map(lastOf))) / 1_000));
  const p95Ms = p95Of(measured);
  const messagesPerSecond = throughputOf(newestAlert(measured));
  return {
    latency: p95Ms === undefined ? undefined : { ageSeconds, p95Ms },
    throughput: messagesPerSecond === undefined ? undefined : { ageSeconds, messagesPerSecond },
  };
}

const lastOf = ({ lastAnsweredAtMs }: SendMeasurement): number => lastAnsweredAtMs;
const sendsIn = (measured: readonly SendMeasurement[]): number =>
  measured.reduce((sum, { byLatency }) => sum + byLatency.reduce((part, sends) => part + sends, 0), 0);

/** The bound below which at least 95 of 100 sends were answered; undefined when they are too few, or above all bounds. */
function p95Of(measured: readonly SendMeasurement[]): number | undefined {
  const sends = sendsIn(measured);
  if (sends < fewestSends) return undefined;
  let within = 0;
  return latencyBoundsMs.find((_bound, step) => {
    within += measured.reduce((sum, { byLatency }) => sum + (byLatency[step] ?? 0), 0);
    return within * 100 >= sends * 95;
  });
}

/** Backwards from the newest measurement, as long as they touch or lie less than a pause apart. */
function newestAlert(measured: readonly SendMeasurement[]): SendMeasurement[] {
  const newestFirst = [...measured].sort((a, b) => b.lastAnsweredAtMs - a.lastAnsweredAtMs);
  const alert: SendMeasurement[] = [];
  let beganAtMs = Number.POSITIVE_INFINITY;
  for (const one of newestFirst) {
    if (alert.length > 0 && beganAtMs - one.lastAnsweredAtMs > pauseMs) break;
    alert.push(one);
    beganAtMs = Math.min(beganAtMs, one.firstSentAtMs);
  }
  return alert;
}

function throughputOf(alert: readonly SendMeasurement[]): number | undefined {
  const sends = sendsIn(alert);
  const [begin, end] = [Math.min(...alert.map(({ firstSentAtMs }) => firstSentAtMs)), Math.max(...alert.map(lastOf))];
  if (sends < fewestSends || end - begin < shortestMs) return undefined;
  return Math.floor((sends * 1_000) / (end - begin));
}
