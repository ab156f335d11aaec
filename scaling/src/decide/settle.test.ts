import { remember, settle } from './settle.ts';

const policy = { agreeingRunsToShrink: 3, allowShrink: true };
const base = { policy, earlierTargets: [] as number[] };

test('without a sizing before, the target is taken at once', () => {
  expect(settle({ ...base, current: null, need: 26, target: 30 })).toEqual({ chosen: 30, code: 'FIRST_SIZING' });
});

test('growth starts when the need is above the current value, not when the target is', () => {
  expect(settle({ ...base, current: 28, need: 26, target: 30 })).toEqual({ chosen: 28, code: null });
  expect(settle({ ...base, current: 25, need: 26, target: 30 })).toEqual({ chosen: 30, code: 'GROW' });
});

test('one run grows no further than its step', () => {
  const highest = (current: number) => 2 * current;
  expect(settle({ ...base, current: 10, need: 26, target: 30, highest })).toEqual({
    chosen: 20,
    code: 'GROW_STEP_CAPPED',
  });
});

test('it shrinks to the largest target of the last k runs, no further than its step', () => {
  const shrinking = { ...base, current: 30, need: 2, target: 2 };
  expect(settle({ ...shrinking, earlierTargets: [6, 4] })).toEqual({ chosen: 6, code: 'SHRINK' });
  expect(settle({ ...shrinking, earlierTargets: [6, 4], lowest: () => 15 })).toEqual({ chosen: 15, code: 'SHRINK' });
  expect(settle({ ...shrinking, earlierTargets: [4] })).toEqual({ chosen: 30, code: 'SHRINK_WAITING' });
  expect(settle({ ...shrinking, earlierTargets: [30, 4] })).toEqual({ chosen: 30, code: 'SHRINK_WAITING' });
});

test('what saves under a tenth is not worth a change', () => {
  expect(settle({ ...base, current: 55, need: 50, target: 50, earlierTargets: [50, 50] })).toEqual({
    chosen: 55,
    code: 'IN_DEAD_BAND',
  });
  expect(settle({ ...base, current: 50, need: 45, target: 45, earlierTargets: [45, 45] })).toEqual({
    chosen: 45,
    code: 'SHRINK',
  });
});

test('a policy can forbid shrinking', () => {
  const forbidden = { ...policy, allowShrink: false };
  expect(settle({ policy: forbidden, earlierTargets: [2, 2], current: 30, need: 2, target: 2 })).toEqual({
    chosen: 30,
    code: 'SHRINK_FORBIDDEN',
  });
});

test('the last k - 1 targets are remembered', () => {
  expect(remember([1, 2], 3, policy)).toEqual([2, 3]);
  expect(remember([], 3, policy)).toEqual([3]);
});
