import fc from 'fast-check';
import { guardPlan } from './guard-plan.ts';
import { knownTypes } from './guarded-fields.ts';
import { sizingFields } from './sizing-fields.ts';
import type { GuardMode } from './verdict.ts';

const mode = fc.constantFrom<GuardMode>('scale', 'deploy', 'rollback');
const type = fc.constantFrom(...knownTypes, 'aws_something_new');
const value = fc.oneof(
  fc.integer(),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 2 }),
);
const fields = fc.dictionary(fc.constantFrom('partitions', 'item', 'memory_size', 'threshold', 'other'), value);

const changeWith = (actions: fc.Arbitrary<string[]>) =>
  fc.record({ actions, before: fields, after: fields, after_unknown: fc.constant({}) });
const resourceWith = (actions: fc.Arbitrary<string[]>) =>
  fc.record({
    address: fc.string({ minLength: 1 }),
    mode: fc.constant('managed'),
    type,
    name: fc.constant('this'),
    provider_name: fc.constant('any'),
    change: changeWith(actions),
  });

const harmless = resourceWith(fc.constantFrom(['no-op'], ['update'], ['create']));
const planOf = (changes: unknown[]) => ({
  ...{ format_version: '1.2', terraform_version: '1.11.4', errored: false, complete: true, applyable: true },
  resource_changes: changes,
});

const refused = (examples: fc.Arbitrary<unknown[]>) =>
  fc.assert(
    fc.property(examples, mode, (changes, in_) => !guardPlan(planOf(changes), in_).allowed),
    { numRuns: 1_000 },
  );

const among = (bad: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fc.array(harmless, { maxLength: 4 }), bad, fc.array(harmless, { maxLength: 4 }))
    .map(([before, one, after]) => [...before, one, ...after]);

test('no plan with a delete ever passes, whatever else is in it', () => {
  const withDelete = fc
    .tuple(fc.array(fc.constantFrom<string>('create', 'update', 'no-op', 'read'), { maxLength: 2 }), fc.nat(2))
    .map(([others, at]) => others.toSpliced(at, 0, 'delete'));
  refused(among(resourceWith(withDelete)));
});

test('no plan with an action that nobody knows ever passes', () => {
  const known = ['no-op', 'update', 'create', 'read', 'delete'];
  const unknown = fc.array(fc.string(), { maxLength: 3 }).filter((actions) => !known.includes(actions.join('+')));
  refused(among(resourceWith(unknown)));
});

test('no plan that moves, imports, replaces or finds a leftover ever passes', () => {
  const marks = fc.constantFrom(
    { previous_address: 'elsewhere.this' },
    { deposed: '1234abcd' },
    { change: { importing: { id: 'x' } } },
    { change: { replace_paths: [['name']] } },
  );
  const marked = fc.tuple(harmless, marks).map(([resource, mark]) => ({
    ...resource,
    ...mark,
    change: { ...resource.change, ...('change' in mark ? mark.change : {}) },
  }));
  refused(among(marked));
});

test('a sizing run changes no field that is not on the list, known or not', () => {
  const offList = fc
    .tuple(
      fc.constantFrom(...Object.keys(sizingFields)),
      fc.constantFrom('name', 's3_key', 'config', 'tags_all'),
      fc.boolean(),
    )
    .map(([resourceType, field, isUnknown]) => ({
      ...{ address: 'some.this', mode: 'managed', type: resourceType, name: 'this', provider_name: 'any' },
      change: isUnknown
        ? { actions: ['update'], before: { [field]: 1 }, after: {}, after_unknown: { [field]: true } }
        : { actions: ['update'], before: { [field]: 1 }, after: { [field]: 2 }, after_unknown: {} },
    }));
  fc.assert(
    fc.property(among(offList), (changes) => !guardPlan(planOf(changes), 'scale').allowed),
    { numRuns: 1_000 },
  );
});

test('partitions pass exactly when they grow to no more than the ceiling', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_500 }), fc.integer({ min: 1, max: 1_500 }), (before, after) => {
      const resource = {
        ...{ address: 'kafka_topic.dispatch["sms"]', mode: 'managed', type: 'kafka_topic', name: 'dispatch' },
        provider_name: 'any',
        change: {
          actions: ['update'],
          before: { partitions: before },
          after: { partitions: after },
          after_unknown: {},
        },
      };
      return guardPlan(planOf([resource]), 'scale').allowed === (after > before && after <= 1_000);
    }),
  );
});
