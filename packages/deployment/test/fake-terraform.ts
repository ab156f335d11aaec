import { readFileSync, writeFileSync } from 'node:fs';
import type { Terraform, TerraformAnswer, TerraformRoot } from '../src/ports.ts';

const done: TerraformAnswer = { exitCode: 0, output: '', errors: '' };

/** One field of a resource that a plan changes. */
export interface FakeChange {
  address: string;
  type: string;
  field: string;
  before: unknown;
  after: unknown;
}

export interface FakeTerraform {
  roots: Record<TerraformRoot, { serial: number; changes: FakeChange[] }>;
  /** `pipeline apply`, in their order. */
  calls: string[];
  /** What a command fails with, by root and command. */
  failures: Record<string, string>;
  /** Called before an apply looks at the state. */
  beforeApply(root: TerraformRoot): void;
  terraform: Terraform;
}

/**
 * Terraform with a state that is a serial number, and plans that a test says. A plan file remembers the serial that it was
 * made at; an apply of an older one is refused in Terraform's own words, and one that succeeds leaves nothing to change.
 */
export function createFakeTerraform(): FakeTerraform {
  const roots: FakeTerraform['roots'] = { topics: { serial: 4, changes: [] }, pipeline: { serial: 9, changes: [] } };
  const world: FakeTerraform = {
    roots,
    calls: [],
    failures: {},
    beforeApply: () => {},
    terraform: async (root, args) => {
      const [command = ''] = args;
      world.calls.push(`${root} ${command}`);
      const failure = world.failures[`${root} ${command}`];
      if (failure !== undefined) return { exitCode: 1, output: '', errors: failure };
      if (command === 'state')
        return { ...done, output: JSON.stringify({ serial: roots[root].serial, lineage: root }) };
      if (command === 'plan') return plan(root, args);
      if (command === 'show') return { ...done, output: JSON.stringify(planJson(roots[root].changes)) };
      return apply(root, args.at(-1) ?? '');
    },
  };

  function plan(root: TerraformRoot, args: readonly string[]): TerraformAnswer {
    const { serial, changes } = roots[root];
    if (changes.length === 0) return done;
    const file = args.find((argument) => argument.startsWith('-out='))?.slice('-out='.length) ?? '';
    writeFileSync(file, JSON.stringify({ root, serial }));
    return { ...done, exitCode: 2 };
  }

  function apply(root: TerraformRoot, file: string): TerraformAnswer {
    world.beforeApply(root);
    const planned = JSON.parse(readFileSync(file, 'utf8')) as { serial: number };
    if (planned.serial !== roots[root].serial) return { exitCode: 1, output: '', errors: 'Error: Saved plan is stale' };
    roots[root] = { serial: planned.serial + 1, changes: [] };
    return done;
  }
  return world;
}

function planJson(changes: readonly FakeChange[]) {
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    ...{ errored: false, complete: true, applyable: true },
    resource_changes: changes.map(({ address, type, field, before, after }) => ({
      ...{ address, type, mode: 'managed', name: 'this', provider_name: 'fake' },
      change: { actions: ['update'], before: { [field]: before }, after: { [field]: after }, after_unknown: {} },
    })),
  };
}
