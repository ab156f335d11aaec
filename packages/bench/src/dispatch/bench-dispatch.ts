import type { ChannelName } from '@quakewire/core';
import { readDispatchOptions } from './dispatch-options.ts';
import { type Comparison, formatComparison, judge } from './format-dispatch.ts';
import { measureSides } from './measure-sides.ts';
import { startSurroundings } from './start-surroundings.ts';

/** What a longer alert may hold more than a short one, for the heap's own growth. */
const flatWithin = 1.25;

const about = `Each side is a process of its own; the sinks and the table server are two others, beside all of them.
Library and channel: the provider's client library, and our adapter over it, in a bare loop at its best concurrency,
with a message like those that ours sends.
Ours and the earlier designs: everything a consumer does, on real tables, with a budget that is no limit.
A second: from the first call to the last answer. CPU: of the sending process; above: beside the loop at our pace,
because a call costs up to twice as much where fewer are made at the same time. The targets are beside the library.
`;

/**
 * Prints how fast ours sends beside the client library alone and the earlier designs. True when ours reaches its targets at
 * every channel, latency and number of endpoints, and holds no more memory for more endpoints.
 * @throws for an option that it does not know or cannot use.
 */
export async function benchDispatch(args: readonly string[]): Promise<boolean> {
  const options = readDispatchOptions(args);
  const comparisons: Comparison[] = [];
  const show = (comparison: Comparison): void => {
    comparisons.push(comparison);
    if (!options.isJson) console.log(`${formatComparison(comparison)}\n`);
  };
  const say = (what: string): void => console.error(`  ${what}`);
  if (!options.isJson) console.log(about);
  const surroundings = await startSurroundings(options.endpoints);
  try {
    for (const channel of options.channels) {
      for (const endpoints of options.endpoints) {
        say(`${channel}: seeding ${endpoints.toLocaleString('en')} endpoints`);
        await surroundings.seed(channel, endpoints);
      }
      await measureSides({ ...surroundings, channel, onProgress: say }, options, show);
    }
  } finally {
    await surroundings.stop();
  }
  if (options.isJson) console.log(JSON.stringify(comparisons, undefined, 2));
  const isFlat = options.channels.map((channel) => isMemoryFlat(channel, comparisons)).every(Boolean);
  return isFlat && comparisons.every((comparison) => judge(comparison).isKept);
}

/** Compares the least and the most endpoints; says what it finds on stderr, beside the tables. */
function isMemoryFlat(channel: ChannelName, comparisons: readonly Comparison[]): boolean {
  const own = comparisons.filter((comparison) => comparison.channel === channel);
  const peakAt = ({ results }: Comparison): number => results.find(({ side }) => side === 'ours')?.peakMb ?? 0;
  const [first] = own;
  const last = own.filter(({ latencyMs }) => latencyMs === first?.latencyMs).at(-1);
  if (!first || !last || first === last) return true;
  const times = peakAt(last) / peakAt(first);
  const verdict = times > flatWithin ? `  MISSED: ${flatWithin} wanted` : '';
  const sizes = [first, last].map(({ endpoints }) => endpoints.toLocaleString('en'));
  console.error(`${channel}: memory at ${sizes[1]} endpoints is ${times.toFixed(2)} of that at ${sizes[0]}${verdict}`);
  return times <= flatWithin;
}
