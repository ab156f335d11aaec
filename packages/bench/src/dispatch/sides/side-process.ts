import { createBareLoop } from './bare-loop.ts';
import type { Job, Measured, SideOptions } from './side.ts';
import { createWorkerSide } from './worker-side.ts';

/** The process of one measured side: works on each job that it is sent and answers with what that took. */
let sends = 0;
let firstMs: number | undefined;
let lastMs = 0;
const span = {
  async time<Answer>(call: () => Promise<Answer>): Promise<Answer> {
    firstMs ??= performance.now();
    const answer = await call();
    sends++;
    lastMs = performance.now();
    return answer;
  },
};
const options = JSON.parse(process.argv[2] ?? '{}') as SideOptions;
const isBare = options.side === 'library' || options.side === 'channel';
const side = isBare ? createBareLoop(options, span) : createWorkerSide(options, span);

async function measure(job: Job): Promise<Measured> {
  [sends, firstMs, lastMs] = [0, undefined, 0];
  const before = process.cpuUsage();
  await side(job);
  const { user, system } = process.cpuUsage(before);
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { sends, wallMs: lastMs - (firstMs ?? lastMs), cpuMs: (user + system) / 1000, peakMb };
}

process.on('message', (job: Job) => {
  measure(job).then(
    (measured) => process.send?.({ measured }),
    (error: unknown) => process.send?.({ problem: error instanceof Error ? error.message : 'unknown' }),
  );
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());
