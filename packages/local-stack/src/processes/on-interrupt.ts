import { constants } from 'node:os';

const PARENT_POLL_MS = 1_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` once on Ctrl-C, TERM, a closed terminal, or when the parent command was killed, then exits with the shell's
 * usual code. A second Ctrl-C does not wait (the exit hook of the processes ends them by force). Answers how to unregister.
 */
export function onInterrupt(stop: (reason: string) => Promise<void>): () => void {
  let stopping = false;
  const leave = (reason: string, exitCode: number) => {
    if (stopping) process.exit(exitCode);
    stopping = true;
    stop(reason).then(
      () => process.exit(exitCode),
      () => process.exit(1),
    );
  };
  const handlers = SIGNALS.map((signal) => ({ signal, handler: () => leave(signal, 128 + constants.signals[signal]) }));
  for (const { signal, handler } of handlers) process.on(signal, handler);
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent && !stopping) leave('the parent command was killed', 1);
  }, PARENT_POLL_MS);
  watch.unref();
  return () => {
    clearInterval(watch);
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}
