import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type AttributeWord, attributeNames } from './attribute-names.ts';

export type Item = Record<string, AttributeValue>;

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });
export const bytes = (value: Uint8Array): AttributeValue => ({ B: value });
export const yes: AttributeValue = { BOOL: true };

/** Attributes under their stored names; words without a value are left out. */
export function toAttributes(values: Partial<Record<AttributeWord, AttributeValue | undefined>>): Item {
  const present = Object.entries(values).filter((entry): entry is [AttributeWord, AttributeValue] => !!entry[1]);
  return Object.fromEntries(present.map(([word, value]) => [attributeNames[word], value]));
}

/** Reads an item by whole words. @throws when a required attribute is missing or of another type. */
export function reader(item: Item) {
  const at = (word: AttributeWord): AttributeValue | undefined => item[attributeNames[word]];
  const required = <Value>(word: AttributeWord, value: Value | undefined): Value => {
    if (value === undefined) throw new Error(`item ${nameOf(item)}: ${word} is missing or of another type`);
    return value;
  };
  const optionalNumber = (word: AttributeWord): number | undefined => {
    const value = at(word)?.N;
    return value === undefined ? undefined : Number(value);
  };
  return {
    optionalText: (word: AttributeWord): string | undefined => at(word)?.S,
    text: (word: AttributeWord): string => required(word, at(word)?.S),
    optionalNumber,
    number: (word: AttributeWord): number => required(word, optionalNumber(word)),
    optionalBytes: (word: AttributeWord): Uint8Array | undefined => at(word)?.B,
    bytes: (word: AttributeWord): Uint8Array => required(word, at(word)?.B),
    isYes: (word: AttributeWord): boolean => at(word)?.BOOL === true,
  };
}

/** @throws for an item without text keys, which no table here has. */
export function keysOf(item: Item): { partitionKey: string; sortKey: string } {
  const { pk, sk } = item;
  if (pk?.S === undefined || sk?.S === undefined) throw new Error('item without text keys pk and sk');
  return { partitionKey: pk.S, sortKey: sk.S };
}

/** For items that were read below one partition key, which is then not asked for. @throws as `keysOf`. */
export function sortKeyOf({ sk }: Item): string {
  if (sk?.S === undefined) throw new Error('item without a text key sk');
  return sk.S;
}

/** An item by its keys, for errors and logs. */
export const nameOf = (item: Item): string => `${item.pk?.S ?? '?'} / ${item.sk?.S ?? '?'}`;
