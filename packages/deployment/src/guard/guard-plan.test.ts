import { onlyChange, parsePlanFixture, readPlanFixture } from '../../test/plan-fixtures.ts';
import { guardPlan } from './guard-plan.ts';
import type { GuardMode, GuardVerdict } from './verdict.ts';
import { whatIsLost } from './what-is-lost.ts';

const modes: readonly GuardMode[] = ['scale', 'deploy', 'rollback'];
const guardFixture = (name: string, mode: GuardMode): GuardVerdict => guardPlan(readPlanFixture(name), mode);
const sentences = ({ refusals }: GuardVerdict): string[] => refusals.map(({ sentence }) => sentence);

describe('plans that pass', () => {
  test.each<[string, GuardMode[]]>([
    ['scale-up', ['scale', 'deploy', 'rollback']],
    ['scale-down', ['scale', 'deploy', 'rollback']],
    ['scale-memory', ['scale', 'deploy', 'rollback']],
    ['no-change', ['scale', 'deploy', 'rollback']],
    ['refresh-only', ['scale', 'deploy', 'rollback']],
    ['drift-left-alone', ['scale', 'deploy', 'rollback']],
    ['create', ['deploy', 'rollback']],
    ['new-channel', ['deploy', 'rollback']],
    ['new-code', ['deploy', 'rollback']],
    ['tags', ['deploy', 'rollback']],
    ['alarm-threshold', ['deploy', 'rollback']],
    ['alias-weights', ['deploy', 'rollback']],
    ['drift-undone', ['deploy', 'rollback']],
  ])('%s in %j', (name, allowedIn) => {
    for (const mode of modes) {
      const verdict = guardFixture(name, mode);
      if (allowedIn.includes(mode)) expect(sentences(verdict)).toEqual([]);
      expect([mode, verdict.allowed]).toEqual([mode, allowedIn.includes(mode)]);
    }
  });

  test('what a sizing run changes is told field by field', () => {
    const { changes } = guardFixture('scale-up', 'scale');
    const said = changes.map(({ address, field, before, after }) => `${address} ${field}: ${before} -> ${after}`);
    expect(said).toEqual(
      expect.arrayContaining([
        'kafka_topic.dispatch["sms"] partitions: 3 -> 6',
        'aws_dynamodb_table_item.sizing item.control.S.channels.sms.activePartitions: 3 -> 6',
        'aws_lambda_event_source_mapping.consumer["sms"] provisioned_poller_config[0].minimum_pollers: 2 -> 3',
        'module.consumer["sms"].aws_lambda_function.this reserved_concurrent_executions: 8 -> 11',
        'module.consumer["sms"].aws_lambda_provisioned_concurrency_config.this[0] provisioned_concurrent_executions: 1 -> 2',
      ]),
    );
  });
});

describe('each action on each resource that must not be lost', () => {
  const actions: readonly (readonly [fixture: string, action: string, allowedIn: readonly GuardMode[]])[] = [
    ['create', 'create', ['deploy', 'rollback']],
    ['delete', 'delete', []],
    ['delete-channel', 'delete', []],
    ['replace', 'replace', []],
    ['forget', 'forget', []],
    ['move', 'move', []],
    ['import', 'import', []],
  ];
  const cases = actions.flatMap(([fixture, action, allowedIn]) =>
    parsePlanFixture(fixture)
      .resource_changes.filter(({ mode, change, previous_address, type }) => {
        const isTouched = change.actions.join() !== 'no-op' || previous_address !== undefined || 'importing' in change;
        // A new table gives the item another key: Terraform makes it anew beside the old one.
        return mode === 'managed' && isTouched && type !== 'aws_s3_bucket_versioning';
      })
      .filter(({ change }) => !['delete', 'replace'].includes(action) || change.actions.includes('delete'))
      .filter(({ change }) => action !== 'import' || change.importing !== undefined)
      .map((resource) => [action, resource.address, fixture, allowedIn, resource] as const),
  );

  test('every protected type is there with every action that Terraform has for it', () => {
    const typesOf = (action: string) =>
      new Set(cases.filter(([name]) => name === action).map(([, , , , { type }]) => type));
    const protectedTypes = Object.keys(whatIsLost).filter((type) => type !== 'aws_sns_topic');
    for (const action of ['create', 'delete', 'forget', 'move', 'replace'])
      expect([action, protectedTypes.filter((type) => !typesOf(action).has(type))]).toEqual([action, []]);
    const notImportable = ['aws_dynamodb_table_item', 'aws_secretsmanager_secret', 'aws_sqs_queue'];
    expect(protectedTypes.filter((type) => !typesOf('import').has(type))).toEqual(
      expect.arrayContaining(notImportable),
    );
  });

  test.each(cases)('%s of %s is refused by name', (action, address, fixture, allowedIn, resource) => {
    for (const mode of modes) {
      const { allowed, refusals } = guardPlan(onlyChange(fixture, resource), mode);
      expect([mode, allowed]).toEqual([mode, allowedIn.includes(mode)]);
      if (allowed) continue;
      const refusal = refusals.find((one) => one.address === address && one.action === action);
      expect(refusal?.sentence).toContain(address);
    }
  });
});

describe('traps', () => {
  test.each<[string, GuardMode, RegExp]>([
    ['new-code', 'scale', /s3_key would change from "first\.zip" to "second\.zip"; a sizing run does not touch it/],
    ['new-code', 'scale', /source_code_hash would change/],
    ['new-code', 'scale', /last_modified would change/],
    ['new-code', 'scale', /aws_lambda_alias\.live: function_version would change/],
    ['tags', 'scale', /tags_all\.owner would change from "nobody" to "somebody"/],
    ['tags', 'scale', /The output owner would change/],
    ['alarm-threshold', 'scale', /threshold would change from 1 to 2/],
    ['alias-weights', 'scale', /routing_config/],
    [
      'fewer-partitions',
      'scale',
      /kafka_topic\.dispatch\["sms"\] would be deleted and made anew, because partitions cannot change in place/,
    ],
    ['fewer-partitions', 'rollback', /a topic made anew begins empty/],
    ['unprotected', 'deploy', /deletion protection would go/],
    ['unprotected', 'rollback', /older versions would no longer be kept/],
    ['unprotected', 'deploy', /the bound of what the role may ever do would change/],
    ['shorter-retention', 'deploy', /dead letters that wait for their replay would be forgotten sooner/],
    [
      'warm-to-zero',
      'scale',
      /provisioned_concurrency_config\.this\[0\] would be deleted \(delete_because_count_index\)/,
    ],
    ['warm-to-zero', 'rollback', /would be deleted/],
    ['delete-channel', 'deploy', /delete_because/],
    ['pollers-gone', 'scale', /whether a channel has provisioned pollers at all is decided by a deployment/],
    ['memory-with-warm', 'scale', /warm workers and memory of one function cannot change in one apply/],
    ['sizing-item-of-another-key', 'scale', /item\.sk\.S would change/],
    ['sizing-item-of-another-key', 'deploy', /another item would be written|would be deleted and made anew/],
    ['new-channel', 'scale', /it adds and removes no entry/],
    ['new-channel', 'scale', /The first warm worker of a channel makes a new resource/],
    ['secret', 'scale', /alarm_description would change; it is secret/],
    ['secret', 'deploy', /alarm_description would change; it is secret/],
    ['failed-check', 'scale', /check\.partitions: its check says fail/],
    ['errored', 'deploy', /could not finish this plan/],
    ['incomplete', 'deploy', /leaves changes for later/],
    [
      'drift-undone',
      'scale',
      /kafka_topic\.dispatch\["sms"\]: partitions was changed outside of Terraform, and this plan would undo it/,
    ],
    ['drift-undone', 'scale', /reserved_concurrent_executions was changed outside/],
    ['drift-undone', 'scale', /provisioned_poller_config\[0\]\.minimum_pollers was changed outside/],
    ['drift-removed', 'deploy', /aws_sqs_queue\.dead_letters was removed outside of Terraform/],
  ])('%s in the mode %s', (name, mode, sentence) => {
    const verdict = guardFixture(name, mode);
    expect(verdict.allowed).toBe(false);
    expect(sentences(verdict)).toContainEqual(expect.stringMatching(sentence));
  });

  test('the value of a secret field is in no sentence, change or note', () => {
    for (const mode of modes) expect(JSON.stringify(guardFixture('secret', mode))).not.toContain('secret note');
  });

  test('drift that the plan leaves alone is said and stops nothing', () => {
    const { allowed, notes } = guardFixture('drift-left-alone', 'scale');
    expect(allowed).toBe(true);
    expect(notes).toContainEqual(
      expect.stringMatching(/kafka_topic\.dispatch\["sms"\] was changed outside of Terraform: .*partitions/),
    );
  });

  test('a refresh-only plan has no resource changes at all', () => {
    expect(readPlanFixture('refresh-only')).not.toHaveProperty('resource_changes');
  });

  test.each([
    ['no plan', null, /content/],
    ['another format', { ...readPlanFixture('scale-up'), format_version: '2.0' }, /format_version/],
    ['a part that nobody knows', { ...readPlanFixture('scale-up'), action_invocations: [] }, /action_invocations/],
    ['a plan of an older Terraform', without(readPlanFixture('scale-up'), 'complete'), /complete/],
  ])('%s is refused, not thrown', (_what, plan, sentence) => {
    for (const mode of modes) expect(sentences(guardPlan(plan, mode))).toEqual([expect.stringMatching(sentence)]);
  });
});

function without(plan: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _left, ...rest } = plan;
  return rest;
}
