import type { FieldPath } from './field-path.ts';
import type { Change } from './terraform-plan.ts';

/** One leaf that differs, or that nobody knows before the apply. */
export interface LeafChange {
  path: FieldPath;
  before: unknown;
  /** Undefined when unknown, or when the leaf goes away. */
  after: unknown;
  unknown: boolean;
  sensitive: boolean;
}

/**
 * Every leaf that the change moves: what differs between before and after, what is known only after the apply (such
 * leaves are absent from `after`), and what becomes sensitive or stops being so. JSON inside of strings (policies, table
 * items) is compared as JSON, so that a leaf is a field that a person knows.
 */
export function leafChanges(change: Change): LeafChange[] {
  const { before, after, after_unknown: unknown, before_sensitive: was, after_sensitive: becomes } = change;
  const known = differences([], before ?? undefined, after ?? undefined, unknown);
  const marks = differences([], trueLeaves(was), trueLeaves(becomes), undefined);
  const seen = new Set(known.map(({ path }) => JSON.stringify(path)));
  const newlyMarked = marks.filter(({ path }) => !seen.has(JSON.stringify(path)));
  return [...known, ...newlyMarked].map((leaf) => {
    const sensitive = isMarked(was, leaf.path) || isMarked(becomes, leaf.path);
    return sensitive ? { ...leaf, before: undefined, after: undefined, sensitive } : { ...leaf, sensitive };
  });
}

type Difference = Omit<LeafChange, 'sensitive'>;

function differences(path: FieldPath, before: unknown, after: unknown, unknown: unknown): Difference[] {
  if (unknown === true) return [{ path, before, after: undefined, unknown: true }];
  const [left, right] = bothParsed(before, after);
  if (isBranch(left) || isBranch(right) || isBranch(unknown)) {
    const inside = stepsOf(left, right, unknown).flatMap((step) =>
      differences([...path, step], child(left, step), child(right, step), child(unknown, step)),
    );
    if (inside.length > 0 || !differsAsAWhole(before, after)) return inside;
    return [{ path, before, after, unknown: false }];
  }
  // Absent and null are the same to Terraform.
  return (left ?? null) === (right ?? null) ? [] : [{ path, before: left, after: right, unknown: false }];
}

/** What no leaf inside shows: the same JSON in another notation, one more or one less block without any field. */
function differsAsAWhole(before: unknown, after: unknown): boolean {
  if (typeof before === 'string' && typeof after === 'string') return before !== after;
  const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 0);
  return lengthOf(before) !== lengthOf(after);
}

type Branch = Record<string, unknown> | unknown[];

const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null;

function stepsOf(...values: unknown[]): (string | number)[] {
  const branches = values.filter(isBranch);
  const steps = new Set(branches.flatMap((branch) => Object.keys(branch)));
  const isList = branches.every((branch) => Array.isArray(branch));
  return [...steps].map((step) => (isList ? Number(step) : step));
}

function child(value: unknown, step: string | number): unknown {
  if (!isBranch(value) || !Object.hasOwn(value, step)) return undefined;
  return (value as Record<string | number, unknown>)[step];
}

/** Both sides as JSON if both are JSON objects or lists in a string; one side alone stays the string that it is. */
function bothParsed(before: unknown, after: unknown): [unknown, unknown] {
  const [left, right] = [parseBranch(before), parseBranch(after)];
  return left !== undefined && right !== undefined ? [left, right] : [before, after];
}

function parseBranch(text: unknown): Branch | undefined {
  if (typeof text !== 'string' || !/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether the mark stands on the leaf itself or on anything that holds it. */
function isMarked(marks: unknown, path: FieldPath): boolean {
  if (marks === true) return true;
  const [step, ...rest] = path;
  return step !== undefined && isBranch(marks) && isMarked(child(marks, step), rest);
}

/** Marks without their `false` leaves: absent and false are the same. */
function trueLeaves(marks: unknown): unknown {
  if (!isBranch(marks)) return marks === true ? true : undefined;
  if (Array.isArray(marks)) return marks.map(trueLeaves);
  return Object.fromEntries(Object.entries(marks).map(([name, mark]) => [name, trueLeaves(mark)]));
}
