import type { OpenPorts } from '../observe/open-ports.ts';

/** What the commands need from the process that runs them. */
export interface CliContext {
  /** Standard output: results only. */
  print(text: string): void;
  /** Standard error: progress and problems. */
  say(sentence: string): void;
  /** Connections to an environment; opened only by commands that look outside. */
  openPorts(environment: string, isFirst: boolean): OpenPorts;
}

export type Command = (args: readonly string[], context: CliContext) => Promise<number>;
