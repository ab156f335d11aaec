import type { Item } from './attribute-values.ts';
import { nameOf } from './attribute-values.ts';

/** Told of an item that cannot be read, by its key, and why: it fails alone, and the others are read. */
export type OnUnreadable = (item: string, reason: string) => void;

/** What an item says, or nothing where it cannot be read. @throws its error when nobody is told: tools want to know at once. */
export function readAlone<Read>(
  item: Item,
  read: (item: Item) => Read,
  onUnreadable: OnUnreadable | undefined,
): Read | undefined {
  try {
    return read(item);
  } catch (error) {
    if (!onUnreadable) throw error;
    onUnreadable(nameOf(item), error instanceof Error ? error.message : 'unknown');
    return undefined;
  }
}
