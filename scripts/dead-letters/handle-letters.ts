import { channelNames, planReplay, type ReplayPorts, replayLetter, type UndeliveredLetter } from '@quakewire/core';
import { formatGroups, formatList, formatOther, formatReplay, formatUndelivered } from './format-letters.ts';
import type { HeldLetter, LetterQueues } from './letter-queues.ts';
import type { LettersOptions } from './read-letters-options.ts';

export interface LettersPorts extends ReplayPorts {
  queues: LetterQueues;
}

/** Does what was asked for with the letters of the queues; answers with what to print. @throws when there is no such letter. */
export async function handleLetters({ command, channel }: LettersOptions, ports: LettersPorts): Promise<string> {
  const { queues } = ports;
  try {
    const letters = await queues.read(channel ? [channel] : channelNames);
    switch (command.verb) {
      case 'list':
        return formatList(letters);
      case 'group':
        return formatGroups(letters);
      case 'explain':
        return await explain(named(letters, [command.id])[0] as HeldLetter, ports);
      case 'replay':
        return await replay(command.ids.length > 0 ? named(letters, command.ids) : letters, command.apply, ports);
    }
  } finally {
    await queues.release();
  }
}

/** @throws when one of them is not there. */
function named(letters: readonly HeldLetter[], ids: readonly string[]): HeldLetter[] {
  const missing = ids.filter((id) => !letters.some(({ letter }) => letter.id === id));
  if (missing.length > 0)
    throw new Error(
      `There is no such letter now: ${missing.join(', ')}. It may have been replayed, or another reads it.`,
    );
  return letters.filter(({ letter }) => ids.includes(letter.id));
}

async function explain(held: HeldLetter, ports: LettersPorts): Promise<string> {
  const { letter } = held;
  if (letter.type !== 'undelivered') return formatOther(held);
  const alert = await ports.runs.readAlert(letter.earthquakeId, letter.seq);
  return formatUndelivered(letter, alert, await planReplay(letter, ports));
}

async function replay(letters: readonly HeldLetter[], apply: boolean, ports: LettersPorts): Promise<string> {
  const lines: string[] = [];
  let told = 0;
  for (const held of letters) {
    const { letter } = held;
    lines.push(`letter  ${letter.id}`);
    if (letter.type !== 'undelivered') {
      lines.push('  replay    nothing: it could not be read, and assigns no work');
      continue;
    }
    const done = await replayOne(held, letter, apply, ports);
    lines.push(...formatReplay(letter, done));
    told += done.endpoints.filter(({ verdict }) => verdict === 'toldAgain').length;
  }
  const what = apply
    ? 'endpoints queued once more'
    : 'endpoints would be queued once more; nothing was changed, see --apply';
  return [...lines, '', `${told} ${what}`, ''].join('\n');
}

/** The letter is removed once its replay is recorded; while nothing can be done it stays. */
async function replayOne(held: HeldLetter, letter: UndeliveredLetter, apply: boolean, ports: LettersPorts) {
  if (!apply) return planReplay(letter, ports);
  const done = await replayLetter(letter, ports);
  if (!done.obstacle) await ports.queues.remove(held);
  return done;
}
