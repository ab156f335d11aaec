import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** What the store counts an item as: names and values, UTF-8 for text, two digits a byte and one more for numbers. */
export const itemBytes = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

function valueBytes({ S, N, B }: AttributeValue): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (N !== undefined) return Math.ceil(N.length / 2) + 1;
  return B === undefined ? 1 : B.byteLength;
}
