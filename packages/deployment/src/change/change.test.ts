import { createFakeTerraform } from '../../test/fake-terraform.ts';
import { createInMemoryFile, createInMemoryStore } from '../../test/in-memory-files.ts';
import { DeploymentError, LockHeldError, RefusedPlanError } from '../deployment-error.ts';
import { type ApplyPorts, type ApplyRequest, applyChange } from './apply-change.ts';
import { type ChangeRequest, planChange } from './plan-change.ts';

const commit = 'c'.repeat(40);
const startMs = Date.parse('2026-11-21T12:00:00Z');

const more = { address: 'kafka_topic.dispatch["sms"]', type: 'kafka_topic', field: 'partitions', before: 3, after: 6 };
const reserve = {
  address: 'module.consumer["sms"].aws_lambda_function.this',
  type: 'aws_lambda_function',
  field: 'reserved_concurrent_executions',
  before: 8,
  after: 11,
};

function createWorld() {
  const fake = createFakeTerraform();
  fake.roots.topics.changes = [more];
  fake.roots.pipeline.changes = [reserve];
  const world = {
    fake,
    store: createInMemoryStore(),
    scalingFile: createInMemoryFile('old'),
    history: createInMemoryFile(),
    nowMs: startMs,
    alert: async () => false,
    said: [] as string[],
  };
  const ports: ApplyPorts = {
    terraform: fake.terraform,
    store: world.store,
    scalingFile: world.scalingFile,
    history: world.history,
    nowMs: () => world.nowMs,
    say: (sentence) => world.said.push(sentence),
    alertInFlight: () => world.alert(),
  };
  const plan = (changes: Partial<ChangeRequest> = {}) =>
    planChange(
      {
        ...{ environment: 'dev', mode: 'scale', commit, roots: ['topics', 'pipeline'], variableFiles: () => [] },
        ...{ scalingText: 'new', historyText: 'history' },
        ...changes,
      },
      ports,
    );
  const planned = async (changes: Partial<ChangeRequest> = {}) => {
    const change = await plan(changes);
    if (change === null) throw new Error('nothing was planned');
    return change;
  };
  const apply = (digest: string, changes: Partial<ApplyRequest> = {}) =>
    applyChange({ digest, environment: 'dev', commit, variableFiles: () => [], ...changes }, ports);
  const applied = (): string[] => fake.calls.filter((call) => call.endsWith('apply'));
  return { ...world, world, plan, planned, apply, applied, planFolders: ports };
}

let all: ReturnType<typeof createWorld>;
beforeEach(() => {
  all = createWorld();
});

test('what was reviewed is applied, topics first, and only then the scaling file is in force', async () => {
  const { digest, plans } = await all.planned();
  expect(plans.map(({ root, stateSerial }) => [root, stateSerial])).toEqual([
    ['topics', 4],
    ['pipeline', 9],
  ]);
  expect(plans[0]?.changes).toEqual([{ address: more.address, field: 'partitions', before: 3, after: 6 }]);
  expect(all.applied()).toEqual([]);
  all.fake.beforeApply = () => expect(all.scalingFile.text).toBe('old');
  await all.apply(digest);
  expect(all.applied()).toEqual(['topics apply', 'pipeline apply']);
  expect([all.scalingFile.text, all.history.text]).toEqual(['new', 'history']);
});

test('nothing to change plans nothing to apply', async () => {
  all.fake.roots.topics.changes = [];
  all.fake.roots.pipeline.changes = [];
  await expect(all.plan({ scalingText: 'old' })).resolves.toBeNull();
  expect(all.store.content.size).toBe(0);
});

test('an apply that was killed after Terraform is finished by the next run: the file alone is put in force', async () => {
  all.fake.roots.topics.changes = [];
  all.fake.roots.pipeline.changes = [];
  const { digest } = await all.planned();
  await all.apply(digest);
  expect(all.applied()).toEqual([]);
  expect(all.scalingFile.text).toBe('new');
});

test('a root without changes is not applied', async () => {
  all.fake.roots.topics.changes = [];
  const { digest } = await all.planned();
  await all.apply(digest);
  expect(all.applied()).toEqual(['pipeline apply']);
});

test('a plan that the guard refuses is not even stored', async () => {
  all.fake.roots.topics.changes = [{ ...more, after: 2 }];
  await expect(all.plan()).rejects.toThrow(RefusedPlanError);
  await expect(all.plan()).rejects.toThrow(/partitions would change from 3 to 2; partitions only grow/);
  expect(all.store.content.size).toBe(0);
});

describe('the scaling file', () => {
  test.each(['scale', 'deploy', 'rollback'] as const)('%s stops without it', async (mode) => {
    all.scalingFile.text = null;
    await expect(all.plan({ mode })).rejects.toThrow(/is gone: restore its last good version/);
    expect(all.fake.calls).toEqual([]);
  });

  test('only a first installation begins without it, and only there', async () => {
    await expect(all.plan({ isFirst: true })).rejects.toThrow(/is not a first installation/);
    all.scalingFile.text = null;
    const { digest } = await all.planned({ isFirst: true, mode: 'deploy' });
    await all.apply(digest);
    expect(all.scalingFile.text).toBe('new');
  });

  test('a deployment leaves it as it is', async () => {
    const { scalingText: _text, historyText: _history, ...request } = { scalingText: '', historyText: '' };
    const change = await planChange(
      { environment: 'dev', mode: 'deploy', commit, roots: ['pipeline'], variableFiles: () => [], ...request },
      all.planFolders,
    );
    await all.apply(change?.digest ?? '');
    expect(all.scalingFile.text).toBe('old');
    expect(all.history.text).toBeNull();
  });
});

describe('nothing is applied', () => {
  const refused = async (digest: string, sentence: RegExp, changes: Partial<ApplyRequest> = {}) => {
    await expect(all.apply(digest, changes)).rejects.toThrow(sentence);
    await expect(all.apply(digest, changes)).rejects.toThrow(DeploymentError);
    expect(all.applied()).toEqual([]);
    expect(all.scalingFile.text).toBe('old');
  };

  test('of a digest that nobody planned', () => refused('0'.repeat(64), /was never planned here/));

  test.each(['change.json', 'topics.tfplan', 'pipeline.tfplan', 'scaling.auto.tfvars.json', 'sizing.json'])(
    'when %s is not what was reviewed',
    async (name) => {
      const { digest } = await all.planned();
      all.store.content.set(`${digest}/${name}`, Buffer.from('{}'));
      await refused(digest, /is not what was reviewed: somebody changed it/);
    },
  );

  test('when a part of it is gone', async () => {
    const { digest } = await all.planned();
    all.store.content.delete(`${digest}/topics.tfplan`);
    await refused(digest, /it expired or was never planned here/);
  });

  test('from another commit or for another environment', async () => {
    const { digest } = await all.planned();
    await refused(digest, /planned at commit c+; this checkout is d+/, { commit: 'd'.repeat(40) });
    await refused(digest, /reviewed for dev, not for prod/, { environment: 'prod' });
  });

  test('while an alert is in flight, or when nobody knows', async () => {
    const { digest } = await all.planned();
    all.world.alert = async () => true;
    await refused(digest, /An alert is in flight: nothing was applied/);
    all.world.alert = () => Promise.reject(new DeploymentError('the tables do not answer'));
    await refused(digest, /the tables do not answer/);
  });
});

test('a rollback does not wait for an alert: it may be what the alert needs', async () => {
  const { digest } = await all.planned({ mode: 'rollback' });
  all.world.alert = async () => true;
  await all.apply(digest);
  expect(all.applied()).toHaveLength(2);
});

describe('a stale change is planned anew once', () => {
  const anew = /Planning anew, once/;

  test.each<[string, () => void]>([
    [
      'too old',
      () => {
        all.world.nowMs += 31 * 60_000;
      },
    ],
    [
      'from the future',
      () => {
        all.world.nowMs -= 31 * 60_000;
      },
    ],
    [
      'of another state',
      () => {
        all.fake.roots.topics.serial++;
      },
    ],
  ])('when it is %s, and applied if it does the same', async (_what, age) => {
    const { digest } = await all.planned();
    age();
    await all.apply(digest);
    expect(all.said).toContainEqual(expect.stringMatching(anew));
    expect(all.applied()).toEqual(['topics apply', 'pipeline apply']);
    expect(all.scalingFile.text).toBe('new');
  });

  test('when the state moves between the check and the apply', async () => {
    const { digest } = await all.planned();
    let moves = 1;
    all.fake.beforeApply = (root) => {
      if (root === 'pipeline' && moves-- > 0) all.fake.roots.pipeline.serial++;
    };
    await all.apply(digest);
    expect(all.applied()).toEqual(['topics apply', 'pipeline apply', 'pipeline apply']);
    expect(all.scalingFile.text).toBe('new');
  });

  test('and given up when it is stale again', async () => {
    const { digest } = await all.planned();
    all.fake.beforeApply = (root) => {
      all.fake.roots[root].serial++;
    };
    await expect(all.apply(digest)).rejects.toThrow(/its state changed after the plan was made/);
    expect(all.applied()).toEqual(['topics apply', 'topics apply']);
    expect(all.scalingFile.text).toBe('old');
  });

  test('and refused when it would do more than was reviewed', async () => {
    const { digest } = await all.planned();
    all.fake.roots.pipeline = {
      serial: 10,
      changes: [reserve, { ...reserve, address: 'module.producer.aws_lambda_function.this' }],
    };
    await expect(all.apply(digest)).rejects.toThrow(/what nobody reviewed.*module\.producer/s);
    expect(all.applied()).toEqual([]);
  });

  test('and refused when it would set another value', async () => {
    const { digest } = await all.planned();
    all.fake.roots.pipeline = { serial: 10, changes: [{ ...reserve, after: 12 }] };
    await expect(all.apply(digest)).rejects.toThrow(RefusedPlanError);
  });

  test('and done when another run did the same meanwhile', async () => {
    const { digest } = await all.planned();
    await all.apply((await all.planned()).digest);
    const before = all.applied().length;
    await all.apply(digest);
    expect(all.said.at(-1)).toMatch(/Nothing is left to change/);
    expect(all.applied()).toHaveLength(before);
  });

  test('and refused when it would undo what another run has set meanwhile', async () => {
    const { digest } = await all.planned();
    all.scalingFile.text = 'of another run';
    all.fake.roots.pipeline = { serial: 10, changes: [{ ...reserve, before: 20 }] };
    await expect(all.apply(digest)).rejects.toThrow(/reserved_concurrent_executions from 20 to 11/);
    expect(all.scalingFile.text).toBe('of another run');
  });
});

test('a lock that is held says whose it is and how to take it away', async () => {
  all.fake.failures['topics plan'] = [
    'Error: Error acquiring the state lock',
    'Lock Info:',
    '  ID:        1234-5678',
    '  Operation: OperationTypeApply',
    '  Who:       runner@host',
    '  Created:   2026-11-21 11:00:00 +0000 UTC',
  ].join('\n');
  await expect(all.plan()).rejects.toThrow(LockHeldError);
  await expect(all.plan()).rejects.toThrow(
    'topics: its state is locked by runner@host since 2026-11-21 11:00:00 +0000 UTC (OperationTypeApply). ' +
      'Wait until that run ends. If it was killed, make sure that nothing of it still runs, then: terraform force-unlock 1234-5678',
  );
});

test.each([
  [
    'topics plan',
    'kafka: client has run out of available brokers to talk to',
    /Kafka cannot be reached.*Nothing was changed/s,
  ],
  ['pipeline plan', 'Error: Instance cannot be destroyed', /would destroy what is protected/],
  [
    'pipeline plan',
    'Error: Invalid value for variable',
    /terraform plan of pipeline failed \(exit code 1\).*Invalid value/s,
  ],
])('%s that fails says why', async (call, errors, sentence) => {
  all.fake.failures[call] = errors;
  await expect(all.plan()).rejects.toThrow(sentence);
});

test('holds are carried to the end of the apply', async () => {
  const { digest } = await all.planned({ holds: ['email: nobody knows the count'] });
  await expect(all.apply(digest)).resolves.toMatchObject({ holds: ['email: nobody knows the count'] });
  expect(all.scalingFile.text).toBe('new');
});
