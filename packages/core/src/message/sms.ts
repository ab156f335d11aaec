import { toGsm7 } from './gsm7.ts';

/** One SMS segment in GSM 03.38; a single other character would make it UCS-2 and 70. */
export const smsSegmentCharacters = 160;

/**
 * The longest address that ends a subscription: with it, every text of every language still fits in one segment (a test
 * over all of them). The configuration refuses a longer one.
 */
export const longestStopUrlCharacters = 35;

/** One segment: the facts and the link are always whole; the region's name comes last and takes what room is left. */
export function oneSegment(text: string, region: string, stop: string): string {
  const end = stop === '' ? '' : ` ${toGsm7(stop)}`;
  const facts = toGsm7(text);
  const room = smsSegmentCharacters - facts.length - end.length - ': '.length;
  const name = shortened(toGsm7(region), room);
  return `${facts}${name === '' ? '' : `: ${name}`}${end}`.slice(0, smsSegmentCharacters);
}

/** Cut at a word's end; too short a rest says nothing. */
function shortened(name: string, room: number): string {
  if (name.length <= room) return name;
  const words = name
    .slice(0, Math.max(0, room + 1))
    .split(' ')
    .slice(0, -1)
    .join(' ');
  return words.replace(/[,;:(-]+$/, '').trim();
}
