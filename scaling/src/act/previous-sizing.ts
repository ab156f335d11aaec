import { serialise } from '../decide/serialise.ts';
import { type Sizing, sizingSchema } from '../decide/sizing.ts';
import { ActError } from './act-error.ts';
import { parseTfvars } from './parse-tfvars.ts';
import { sizingFromTfvars } from './sizing-from-tfvars.ts';

export interface PreviousInput {
  /** Text of the scaling file in force, or null when there is none. */
  inForce: string | null;
  /** Text of the last sizing, which remembers counts and targets; or null when there is none. */
  history: string | null;
  /** Nothing is installed yet. */
  isFirst: boolean;
  say(sentence: string): void;
}

/**
 * The sizing to go on from: its capacity from the scaling file in force, its memory from the last sizing. Without the
 * memory nothing shrinks for some runs; without the file in force nothing is decided, unless someone says that this is
 * the first: guessing would size a running installation from nothing.
 * @throws {ActError} When the file in force is gone or one of the two is damaged.
 */
export function previousSizing({ inForce, history, isFirst, say }: PreviousInput): Sizing | null {
  const last = history === null ? null : parseSizing(history);
  if (inForce === null) {
    if (isFirst && (last === null || last.capacity === null)) return last;
    throw new ActError(
      'the scaling file is gone: restore its last good version, or say --first if nothing is installed yet; nothing was changed',
    );
  }
  const capacity = sizingFromTfvars(parseTfvars(inForce)).capacity;
  if (last === null) say('The last sizing is missing: nothing shrinks until enough new runs agree.');
  else if (serialise(last.capacity) !== serialise(capacity))
    say('The last sizing differs from the scaling file in force, which counts.');
  return { ...(last ?? sizingFromTfvars(parseTfvars(inForce))), capacity };
}

function parseSizing(text: string): Sizing {
  const remedy = 'restore its last good version, or remove it: then nothing shrinks for some runs';
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new ActError(`the last sizing is not JSON: ${remedy}`);
  }
  const parsed = sizingSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ActError(
    `the last sizing: ${issue?.path.map(String).join('.') || 'content'}: ${issue?.message}; ${remedy}`,
  );
}
