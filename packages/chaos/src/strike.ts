import type { ChannelName, Clock, LeaderLease } from '@quakewire/core';
import { providerLimits, type SinksClient, waitUntil } from '@quakewire/demo';
import type { FunctionProcess, Stack } from '@quakewire/local-stack';
import type { Policy } from '@quakewire/scaling';
import type { Fault } from './fault.ts';
import { freezeLeader } from './freeze-leader.ts';
import { signal } from './signal.ts';

export interface StrikePorts {
  stack: Pick<Stack, 'functionProcesses' | 'kafka' | 'urls'>;
  sinks: Pick<SinksClient, 'behave'>;
  lease: Pick<LeaderLease, 'read'>;
  policy: Policy;
  clock: Pick<Clock, 'sleep' | 'monotonicMs'>;
  cancelAlert(): Promise<void>;
  /** Chooses the victim: a number in [0, 1). */
  draw(): number;
  /** Processes that stand still now: nobody strikes them twice. */
  frozen: Set<number>;
}

/** Longer than a frozen function can live: its time-out, and the emulator's patience with its end. */
const frozenAtMostMs = 75_000;
const pollMs = 250;
/** What a provider lets through in a second while it answers 429. */
const trickle = 5;

/** Does what a fault says. @returns what came of it, when the part is well again; undefined when there was nobody to strike. */
export async function strike(fault: Fault, ports: StrikePorts): Promise<string | undefined> {
  const { stack, sinks, clock } = ports;
  switch (fault.kind) {
    case 'killConsumer':
      return signalConsumer(fault.channel, ports, async (pid) => void signal(pid, 'SIGKILL'));
    case 'freezeConsumer':
      return signalConsumer(fault.channel, ports, (pid) => freeze(pid, fault.forMs, ports));
    case 'timeOutConsumer':
      return signalConsumer(fault.channel, ports, (pid) => freeze(pid, frozenAtMostMs, ports));
    case 'killLeader':
      return killLeader(ports);
    case 'restartBroker':
      return stack.kafka.restart().then(() => 'answers again');
    case 'throttleTables':
      await throttleTables(stack, fault.share);
      await clock.sleep(fault.forMs);
      return `${await throttleTables(stack, 0)} calls refused so far`;
    case 'throttleProvider':
      await sinks.behave({ [fault.channel]: { ratePerSecond: trickle } });
      await clock.sleep(fault.forMs);
      await sinks.behave({ [fault.channel]: providerLimits(ports.policy)[fault.channel] });
      return 'back to its rate';
    case 'cutProvider':
      await sinks.behave({ [fault.channel]: { down: true } });
      await clock.sleep(fault.forMs);
      await sinks.behave({ [fault.channel]: { down: false } });
      return 'up again';
    case 'cancelAlert':
      return ports.cancelAlert().then(() => 'dispatched');
  }
}

const isConsumerOf =
  (channel: ChannelName) =>
  ({ functionName }: FunctionProcess): boolean =>
    functionName === `quakewire-local-consumer-${channel}`;

async function signalConsumer(
  channel: ChannelName,
  { stack, draw, frozen }: StrikePorts,
  act: (pid: number) => Promise<void>,
): Promise<string | undefined> {
  const victims = stack.functionProcesses().filter((one) => isConsumerOf(channel)(one) && !frozen.has(one.pid));
  const victim = victims[Math.floor(draw() * victims.length)];
  if (!victim) return undefined;
  await act(victim.pid);
  return `pid ${victim.pid} of ${victims.length}`;
}

/** Lets it go on after a while, if it is still there: the emulator ends whoever passes the time-out. */
async function freeze(pid: number, forMs: number, { clock, frozen }: StrikePorts): Promise<void> {
  frozen.add(pid);
  signal(pid, 'SIGSTOP');
  const until = clock.monotonicMs() + forMs;
  while (clock.monotonicMs() < until && signal(pid, 0)) await clock.sleep(pollMs);
  signal(pid, 'SIGCONT');
  frozen.delete(pid);
}

async function killLeader({ stack, lease, clock }: StrikePorts): Promise<string | undefined> {
  const producers = stack.functionProcesses().filter(({ functionName }) => functionName === 'quakewire-local-producer');
  const pids = producers.map(({ pid }) => pid).sort((a, b) => a - b);
  const before = await lease.read();
  const leader = await freezeLeader(pids, lease, clock);
  if (leader === undefined) return undefined;
  signal(leader, 'SIGKILL');
  const killedAtMs = clock.monotonicMs();
  await waitUntil('another producer takes the lead', 60_000, async () => {
    const now = await lease.read();
    return now?.owner !== undefined && now.owner !== before?.owner ? now : undefined;
  });
  return `pid ${leader}; another leads after ${((clock.monotonicMs() - killedAtMs) / 1000).toFixed(1)} s`;
}

/** @returns how many calls were refused since the stack started. */
async function throttleTables({ urls }: StrikePorts['stack'], throttledShare: number): Promise<number> {
  const body = JSON.stringify({ throttledShare });
  const response = await fetch(`${urls.gateway}/_gateway/tables`, { method: 'POST', body });
  return ((await response.json()) as { throttledCalls: number }).throttledCalls;
}
