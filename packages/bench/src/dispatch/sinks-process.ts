import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ChannelName } from '@quakewire/core';

/** The providers, in a process of their own. */
export interface SinksProcess {
  pid: number;
  urls: Record<ChannelName, string>;
  /** Sets the answer time of all, and forgets what was accepted. */
  reset(latencyMs: number): Promise<void>;
  accepted(channel: ChannelName): Promise<number>;
  stop(): void;
}

const program = fileURLToPath(new URL('../../../local-stack/src/sinks/main.ts', import.meta.url));

export async function startSinksProcess(): Promise<SinksProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, '{}'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const urls = JSON.parse(await firstLine(child)) as Record<ChannelName | 'control', string>;
  async function control(method: string, path: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${urls.control}/_sinks/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`the sinks answered ${response.status} to ${method} ${path}`);
    return response;
  }
  return {
    pid: child.pid as number,
    urls,
    async reset(latencyMs) {
      const behaviour = { latencyMs };
      await control('POST', 'behaviour', { sms: behaviour, email: behaviour, telegram: behaviour, webhook: behaviour });
      await control('DELETE', 'messages');
    },
    async accepted(channel) {
      const stats = (await (await control('GET', 'stats')).json()) as Record<ChannelName, { accepted: number }>;
      return stats[channel].accepted;
    },
    stop: () => void child.kill(),
  };
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (stdout) for await (const line of createInterface(stdout)) return line;
  throw new Error('the sinks did not start');
}
