/** What the demo says while it works: one line a step with its duration, and one live line that is rewritten in place. */
export interface Terminal {
  line(text: string): void;
  /** Runs a step and says how long it took. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>;
  /** Replaces the live line; on a terminal only. */
  live(text: string): void;
}

export function createTerminal(out: NodeJS.WriteStream, nowMs: () => number): Terminal {
  const startedAtMs = nowMs();
  let liveShown = false;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  function line(text: string): void {
    if (liveShown) out.write('\r\u001b[2K');
    liveShown = false;
    out.write(`${seconds(nowMs() - startedAtMs).padStart(7)}  ${text}\n`);
  }
  return {
    line,
    async step(name, run) {
      const begunAtMs = nowMs();
      line(`${name} ...`);
      const result = await run();
      line(`${name}: done in ${seconds(nowMs() - begunAtMs)}`);
      return result;
    },
    live(text) {
      if (!out.isTTY) return;
      out.write(`\r\u001b[2K${text}`);
      liveShown = true;
    },
  };
}
