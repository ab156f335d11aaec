import { sendPacedAlert } from './paced-alert.ts';
import { emptiestWindow, mostInWindow } from './windows.ts';

interface Span {
  name: string;
  /** Work for so long at the full rate. */
  seconds: number;
}

const rates = [1, 30, 300, 2_000];
/** All of it in the workers' first invocations, and beyond their time, so that others take their slots over. */
const spans: readonly Span[] = [
  { name: 'one shift', seconds: 60 },
  { name: 'hand-over', seconds: 130 },
];
const seed = 1;

/** What any second may hold at most: 5 % above the rate, or one message where that is less. */
const mostAllowed = (ratePerSecond: number): number => ratePerSecond + Math.max(1, 0.05 * ratePerSecond);
/** What any 10 s must hold at least while work is left; at one a second the tenth may always be just outside. */
const fewestNeeded = (ratePerSecond: number): number => (ratePerSecond === 1 ? 9 : 9.5 * ratePerSecond);

/** Prints what the sink saw in its fullest second and its emptiest 10 s. True when all is within bounds. */
export async function benchBudget(): Promise<boolean> {
  console.log(
    'One alert a row on virtual time: timers up to 4 ms late, store calls up to 8 ms, 0 to 20 ms to the sink.',
  );
  console.log('Fullest 1 s of all; emptiest 10 s from the first message until the last page is claimed.');
  console.log('Hand-over: invocations of 120 s end while work is left, and their slots change hands.\n');
  console.log('rate/s               messages  workers  fullest 1 s  allowed  emptiest 10 s  needed  it begins at');
  let isWithin = true;
  for (const rate of rates)
    for (const span of spans) {
      const { row, isKept } = await measure(rate, span);
      console.log(row);
      isWithin &&= isKept;
    }
  return isWithin;
}

async function measure(rate: number, { name, seconds }: Span): Promise<{ row: string; isKept: boolean }> {
  const messages = rate * seconds;
  console.error(`  ${rate}/s, ${name}: sending ${messages.toLocaleString('en')} messages`);
  const { arrivalsMs, workLeftUntilMs, workers } = await sendPacedAlert(rate, messages, seed);
  const firstMs = arrivalsMs[0] ?? 0;
  const most = mostInWindow(arrivalsMs, 1_000);
  const emptiest = emptiestWindow(arrivalsMs, 10_000, { fromMs: firstMs, toMs: workLeftUntilMs });
  const isWhole = arrivalsMs.length === messages && emptiest !== undefined;
  const isKept = isWhole && most <= mostAllowed(rate) && emptiest.count >= fewestNeeded(rate);
  const cells = [
    `${String(rate).padStart(6)}  ${name.padEnd(10)}`,
    String(arrivalsMs.length).padStart(11),
    String(workers).padStart(9),
    String(most).padStart(13),
    mostAllowed(rate).toFixed(1).padStart(9),
    String(emptiest?.count ?? 'none').padStart(15),
    String(fewestNeeded(rate)).padStart(8),
    `${(((emptiest?.fromMs ?? 0) - firstMs) / 1000).toFixed(1)} s`.padStart(14),
  ];
  return { row: `${cells.join('')}${isKept ? '' : '  MISSED'}`, isKept };
}
