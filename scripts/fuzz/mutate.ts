import type { SeededRandom } from '@quakewire/testing';

type Mutation = (text: string, random: SeededRandom) => string;

/** Values that parsers trip over. */
const awkward: readonly string[] = [
  ...['null', 'true', '""', '[]', '{}', '-1', '0', '-0', '1e308', '1e-400', '9007199254740993', '-1e400'],
  ...['"NaN"', '"6.2"', '"2025-02-30T25:61:61Z"', '"1970-01-01 00:00:00"', '"\\u0000"', '"\\ud800"', '"__proto__"'],
  ...[`"${'x'.repeat(5_000)}"`, `${'['.repeat(500)}${']'.repeat(500)}`],
];
const awkwardSigns = ['"', '\\', '{', '}', ',', ':', '\u0000', '\uFEFF', '\uD800', 'é', ' ', '\n', '0', '-', '.'];

const pick = <Value>(values: readonly Value[], random: SeededRandom): Value =>
  values[random.between(0, values.length - 1)] as Value;

/** From where to where, at most `longest` signs. */
function range(text: string, longest: number, random: SeededRandom): [from: number, to: number] {
  const from = random.between(0, Math.max(0, text.length - 1));
  return [from, Math.min(text.length, from + random.between(1, longest))];
}

const replaceSign: Mutation = (text, random) => {
  const [from, to] = range(text, 1, random);
  return text.slice(0, from) + pick(awkwardSigns, random) + text.slice(to);
};
const changeDigit: Mutation = (text, random) => {
  const digits = [...text.matchAll(/\d/g)];
  if (digits.length === 0) return text;
  const { index } = pick(digits, random);
  return text.slice(0, index) + random.between(0, 9) + text.slice(index + 1);
};
const dropRange: Mutation = (text, random) => {
  const [from, to] = range(text, 60, random);
  return text.slice(0, from) + text.slice(to);
};
const repeatRange: Mutation = (text, random) => {
  const [from, to] = range(text, 60, random);
  return text.slice(0, to) + text.slice(from, to).repeat(random.between(1, 4)) + text.slice(to);
};
const cutOff: Mutation = (text, random) => text.slice(0, random.between(0, text.length));

/** Places of JSON values, roughly: what stands between a colon or bracket and the next comma or bracket. */
const valuePattern = /(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null)(?=\s*[,}\]])/g;

const replaceValue: Mutation = (text, random) => {
  const values = [...text.matchAll(valuePattern)];
  if (values.length === 0) return text;
  const { index, 0: value } = pick(values, random);
  return text.slice(0, index) + pick(awkward, random) + text.slice(index + value.length);
};
const swapValues: Mutation = (text, random) => {
  const values = [...text.matchAll(valuePattern)];
  if (values.length < 2) return text;
  const [a, b] = [pick(values, random), pick(values, random)].toSorted((x, y) => x.index - y.index);
  if (!a || !b || a.index === b.index) return text;
  const between = text.slice(a.index + a[0].length, b.index);
  return text.slice(0, a.index) + b[0] + between + a[0] + text.slice(b.index + b[0].length);
};
const renameKey: Mutation = (text, random) => {
  const keys = [...text.matchAll(/"\w+"(?=\s*:)/g)];
  if (keys.length === 0) return text;
  const { index, 0: key } = pick(keys, random);
  const name = pick(['"__proto__"', '"constructor"', `${key.slice(0, -1)}x"`, key.toUpperCase()], random);
  return text.slice(0, index) + name + text.slice(index + key.length);
};

const mutations: readonly Mutation[] = [
  ...[replaceSign, changeDigit, dropRange, repeatRange, cutOff],
  ...[replaceValue, replaceValue, swapValues, renameKey, changeDigit],
];

/** The text after one to four mutations. Nothing of another text is ever mixed in. */
export function mutate(text: string, random: SeededRandom): string {
  let mutated = text;
  for (let count = random.between(1, 4); count > 0; count--) mutated = pick(mutations, random)(mutated, random);
  return mutated;
}
