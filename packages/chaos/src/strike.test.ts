import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LeaseRecord } from '@quakewire/core';
import type { Fault } from './fault.ts';
import { type StrikePorts, strike } from './strike.ts';

const children: ChildProcess[] = [];
let gateway: Server | undefined;
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  gateway?.close();
});

/** A process that stands for a function's. */
async function startFunction(): Promise<number> {
  const child = spawn('sleep', ['60']);
  children.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
}
const endOf = async (pid: number) => once(children.find((child) => child.pid === pid) as ChildProcess, 'exit');
const isStopped = (pid: number) =>
  execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })[0] === 'T';

/** Time passes only by sleeping, and at once; what really happens (processes, sockets) goes on meanwhile. */
function createHastyClock() {
  let elapsedMs = 0;
  return {
    monotonicMs: () => elapsedMs,
    sleep: async (ms: number) => {
      elapsedMs += ms;
      await new Promise(setImmediate);
    },
  };
}

/** Does a fault in hasty time. `processes`: functions by pid. */
function striking(
  fault: Fault,
  changes: { processes?: Record<number, string>; frozen?: number[]; lease?: () => LeaseRecord; url?: string },
) {
  const clock = createHastyClock();
  const behaviours: unknown[] = [];
  const ports = {
    clock,
    draw: () => 0,
    frozen: new Set(changes.frozen),
    cancelAlert: async () => undefined,
    policy: { channels: [{ name: 'sms', senders: [{ providerRatePerSecond: 100 }] }] },
    lease: { read: async () => changes.lease?.() },
    sinks: { behave: async (change: unknown) => void behaviours.push(change) },
    stack: {
      functionProcesses: () =>
        Object.entries(changes.processes ?? {}).map(([pid, name]) => ({
          pid: Number(pid),
          functionName: `quakewire-local-${name}`,
        })),
      urls: { gateway: changes.url },
      kafka: { restart: async () => undefined },
    },
  } as unknown as StrikePorts;
  return { clock, behaviours, done: strike(fault, ports) };
}

test('a killed consumer is one of the channel', async () => {
  const [sms, email] = [await startFunction(), await startFunction()];
  const ended = endOf(sms);
  await striking(
    { kind: 'killConsumer', channel: 'sms', atMs: 0 },
    { processes: { [email]: 'consumer-email', [sms]: 'consumer-sms' } },
  ).done;
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(isStopped(email)).toBe(false);
});

test('whoever is frozen is not struck again', async () => {
  const pid = await startFunction();
  const fault: Fault = { kind: 'killConsumer', channel: 'sms', atMs: 0 };
  expect(await striking(fault, { processes: { [pid]: 'consumer-sms' }, frozen: [pid] }).done).toBeUndefined();
});

test('a channel without a process is no failure', async () => {
  expect(await striking({ kind: 'killConsumer', channel: 'sms', atMs: 0 }, {}).done).toBeUndefined();
});

test('a frozen consumer stands still, and goes on after its time', async () => {
  const pid = await startFunction();
  const fault: Fault = { kind: 'freezeConsumer', channel: 'sms', forMs: 13_000, atMs: 0 };
  const { clock, done } = striking(fault, { processes: { [pid]: 'consumer-sms' } });
  expect(isStopped(pid)).toBe(true);
  await done;
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(13_000);
  expect(isStopped(pid)).toBe(false);
});

test('the leader is the producer whose freezing makes the lease stand still; the others go on', async () => {
  const [standby, leader] = [await startFunction(), await startFunction()];
  let beat = 0;
  let isDead = false;
  const lease = (): LeaseRecord => {
    if (!isDead && !isStopped(leader)) beat++;
    return { owner: isDead ? 'next' : 'first', epoch: 1, beat };
  };
  const ended = endOf(leader).then((exit) => {
    isDead = true;
    return exit;
  });
  const processes = { [standby]: 'producer', [leader]: 'producer' };
  expect(await striking({ kind: 'killLeader', atMs: 0 }, { processes, lease }).done).toContain(`pid ${leader}`);
  expect(await ended).toEqual([null, 'SIGKILL']);
  expect(isStopped(standby)).toBe(false);
});

test.each([
  [{ kind: 'cutProvider', channel: 'sms', forMs: 20_000, atMs: 0 }, { down: true }, { down: false }],
  [{ kind: 'throttleProvider', channel: 'sms', forMs: 2_000, atMs: 0 }, { ratePerSecond: 5 }, { ratePerSecond: 105 }],
] as const)('%j is undone after its time', async (fault, during, after) => {
  const { clock, behaviours, done } = striking(fault, {});
  await done;
  expect(behaviours).toEqual([{ sms: during }, { sms: after }]);
  expect(clock.monotonicMs()).toBe(fault.forMs);
});

test('throttled tables are let free after their time', async () => {
  const shares: unknown[] = [];
  gateway = createServer((request, response) => {
    request.on('data', (body) => shares.push(JSON.parse(String(body)).throttledShare));
    request.on('end', () => response.end('{"throttledCalls":7}'));
  }).listen(0, '127.0.0.1');
  await once(gateway, 'listening');
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  const fault: Fault = { kind: 'throttleTables', share: 0.3, forMs: 3_000, atMs: 0 };
  expect(await striking(fault, { url }).done).toContain('7 calls');
  expect(shares).toEqual([0.3, 0]);
});
