import { writeFileSync } from 'node:fs';
import { serialiseTfvars } from '@quakewire/scaling';
import { createInMemoryScalerFlags } from '@quakewire/testing';
import {
  aManifest,
  anArtifact,
  aScaling,
  commit,
  createInMemoryTags,
  goodSmoke,
  takenAtMs,
} from '../../test/snapshot-world.ts';
import { planChange } from '../change/plan-change.ts';
import type { TerraformAnswer, TerraformRoot } from '../ports.ts';
import { serialiseManifest } from '../snapshot/manifest.ts';
import { planRollback } from './plan-rollback.ts';
import { type RollbackPorts, rollBack } from './roll-back.ts';

const name = 'infra/dev/20260131T123005Z-42';
const other = 'infra/dev/20260101T000000Z-7';
const request = { environment: 'dev', to: name, by: 'a person' };
const nowMs = takenAtMs + 86_400_000;

interface Given {
  /** In force today. */
  inForce?: ReturnType<typeof aScaling> | null;
  manifest?: Partial<ReturnType<typeof aManifest>>;
  live?: Record<string, number>;
  checksum?: string | undefined;
  agrees?: boolean;
  /** What Terraform plans for the pipeline. */
  actions?: string[];
  smokePasses?: boolean;
}

/** Everything around a rollback in memory; Terraform answers as it does, with one planned change of a table item. */
function aWorld(given: Given = {}) {
  const file = {
    text: JSON.stringify(
      given.inForce === undefined ? aScaling({ sms: { partitions: 10, active_partitions: 10 } }) : given.inForce,
    ),
  };
  const isGone = given.inForce === null;
  const [applied, planned, printed, said]: [string[], string[], string[], string[]] = [[], [], [], []];
  const stored = new Map<string, Uint8Array>();
  const flags = createInMemoryScalerFlags(() => nowMs);
  const tags = createInMemoryTags({ [name]: { commit, message: serialiseManifest(aManifest(given.manifest)) } });
  const pausedAtApply: boolean[] = [];

  async function terraform(root: TerraformRoot, args: readonly string[]): Promise<TerraformAnswer> {
    const answer = (exitCode: number, output = ''): TerraformAnswer => ({ exitCode, output, errors: '' });
    if (args[0] === 'state') return answer(0, JSON.stringify({ serial: 50, lineage: root }));
    if (args[0] === 'show') return answer(0, JSON.stringify(planOf(given.actions ?? ['update'])));
    if (args[0] === 'apply') {
      applied.push(root);
      pausedAtApply.push((await flags.read()).paused !== undefined);
      return answer(0);
    }
    planned.push(root);
    if (root === 'topics') return answer(0);
    writeFileSync(args.find((arg) => arg.startsWith('-out='))?.slice(5) ?? '', 'plan');
    return answer(2);
  }

  const ports: RollbackPorts = {
    tags,
    flags,
    live: async () => ({ partitions: given.live ?? { sms: 10 } }),
    readChecksum: async () => ('checksum' in given ? given.checksum : anArtifact.sha256_base64),
    checkOut: async () => ({
      ports: {
        terraform,
        terraformVersion: async () => '1.11.4',
        providerLock: async () => 'lock',
        state: async (root) => ({ serial: 51, lineage: root, versionId: null }),
      },
      variableFiles: () => [],
    }),
    smoke: async () => ({ ...goodSmoke, passed: given.smokePasses ?? true }),
    confirm: async () => given.agrees ?? true,
    print: (text) => printed.push(text),
    say: (sentence) => said.push(sentence),
    nowMs: () => nowMs,
    alertInFlight: async () => true,
    store: {
      put: async (key, content) => void stored.set(key, content),
      get: async (key) => stored.get(key),
    },
    scalingFile: {
      name: 'scaling.auto.tfvars.json',
      read: async () => (isGone ? null : { text: file.text, version: '1' }),
      replace: async (text) => void Object.assign(file, { text }),
    },
    history: { name: 'sizing.json', read: async () => null, replace: async () => {} },
  };
  const isPaused = async () => (await flags.read()).paused !== undefined;
  return { ports, file, applied, planned, printed, said, tags, flags, isPaused, pausedAtApply };
}

function planOf(actions: string[]) {
  const item = (active: number) => ({
    item: JSON.stringify({ pk: { S: 'sizing' }, sk: { S: 'inForce' }, control: { S: JSON.stringify({ active }) } }),
  });
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    errored: false,
    complete: true,
    applyable: true,
    resource_changes: [
      {
        address: 'aws_dynamodb_table_item.sizing',
        mode: 'managed',
        type: 'aws_dynamodb_table_item',
        name: 'sizing',
        provider_name: 'registry.terraform.io/hashicorp/aws',
        change: { actions, before: item(10), after: actions.includes('delete') ? null : item(2) },
      },
    ],
  };
}

describe('rolling back', () => {
  it('applies the snapshot with its ratchets lifted, checks, tags anew, and leaves the scaler paused', async () => {
    const world = aWorld();
    const taken = await rollBack(request, world.ports);
    expect(world.applied).toEqual(['pipeline']);
    expect(world.pausedAtApply).toEqual([true]);
    expect(JSON.parse(world.file.text)).toEqual(aScaling({ sms: { partitions: 10 } }));
    expect(taken).toBe('infra/dev/20260201T123005Z-51');
    expect(JSON.parse((await world.tags.read(taken ?? ''))?.message ?? '')).toMatchObject({
      rolledBackTo: name,
      commit,
    });
    expect(await world.flags.read()).toEqual({ paused: { reason: `rollback to ${name} by a person`, sinceMs: nowMs } });
    expect(world.said.at(-1)).toMatch(/The scaler stays paused/);
  });

  it('says what goes back, what stays higher, and what never goes back', async () => {
    const world = aWorld();
    await rollBack(request, world.ports);
    for (const part of [
      'aws_dynamodb_table_item.sizing: item.control.S.active',
      'sms partitions: 2 then, 10 stays',
      'Data: ',
      'Offsets',
      'Sent messages',
      'Opt-outs',
    ])
      expect(world.printed.join('')).toContain(part);
  });

  it('changes nothing and pauses nothing when the person says no', async () => {
    const world = aWorld({ agrees: false });
    const before = world.file.text;
    await expect(rollBack(request, world.ports)).resolves.toBeNull();
    expect([world.applied, world.file.text, await world.isPaused()]).toEqual([[], before, false]);
  });

  it('leaves a pause that was there before as it was', async () => {
    const world = aWorld({ agrees: false });
    await world.flags.raise('paused', { reason: 'holidays', sinceMs: 1 });
    await rollBack(request, world.ports);
    expect(await world.flags.read()).toEqual({ paused: { reason: 'holidays', sinceMs: 1 } });
  });

  it.each<[string, Given, RegExp]>([
    ['zips are gone', { checksum: undefined }, /producer: s3:\/\/artifacts\/lambda\/producer\/00\.zip is gone/],
    ['a zip is another', { checksum: 'BBBB' }, /is not the zip that was built/],
    ['the guard refuses the plan', { actions: ['delete'] }, /The plan was refused; nothing was applied/],
    ['the scaling file is gone', { inForce: null }, /scaling\.auto\.tfvars\.json is gone/],
  ])('stops before anything is touched when %s, and lets the scaler go on', async (_what, given, sentence) => {
    const world = aWorld(given);
    await expect(rollBack(request, world.ports)).rejects.toThrow(sentence);
    expect([world.applied, await world.isPaused()]).toEqual([[], false]);
  });

  it('writes nothing at all for a tag that does not exist', async () => {
    const world = aWorld();
    const unknown = { ...request, to: 'infra/dev/20200101T000000Z-1' };
    await expect(rollBack(unknown, world.ports)).rejects.toThrow(/There is no snapshot/);
    expect([world.said, world.planned, await world.isPaused()]).toEqual([[], [], false]);
  });

  it('takes no snapshot of a rollback whose check failed, and keeps the scaler away from it', async () => {
    const world = aWorld({ smokePasses: false });
    await expect(rollBack(request, world.ports)).rejects.toThrow('no snapshot is taken');
    expect(await world.tags.list('infra/dev/')).toEqual([name]);
    expect(await world.isPaused()).toBe(true);
  });

  it('applies exactly what a dry run planned and people approved: nothing is planned again, nobody is asked', async () => {
    const world = aWorld({ agrees: false });
    const { change } = await planRollback(request, world.ports);
    world.planned.length = 0;
    const taken = await rollBack({ ...request, digest: change?.digest ?? '' }, world.ports);
    expect([taken, world.planned, world.applied]).toEqual(['infra/dev/20260201T123005Z-51', [], ['pipeline']]);
    expect([world.pausedAtApply, await world.isPaused()]).toEqual([[true], true]);
  });

  it.each<[string, Parameters<typeof rollBack>[0], Record<string, number>]>([
    ['for another snapshot of the same commit', { ...request, to: other }, { sms: 10 }],
    ['before more partitions came to live', request, { sms: 12 }],
  ])('refuses what was approved %s, and lets the scaler go on', async (_what, target, live) => {
    const world = aWorld();
    await world.tags.create(other, {
      commit,
      message: serialiseManifest(aManifest({ scaling: aScaling({ sms: { memory_mb: 1024 } }) })),
    });
    const { change } = await planRollback(request, world.ports);
    const ports = { ...world.ports, live: async () => ({ partitions: live }) };
    await expect(rollBack({ ...target, digest: change?.digest ?? '' }, ports)).rejects.toThrow(
      /^What was approved is not the rollback to infra\/dev\/.* plan it again/,
    );
    expect([world.applied, await world.isPaused()]).toEqual([[], false]);
  });

  it('refuses a change that was approved as a deployment', async () => {
    const world = aWorld();
    const { ports: checkout, variableFiles } = await world.ports.checkOut(aManifest());
    const scalingText = serialiseTfvars(aScaling({ sms: { partitions: 10 } }));
    const deployment = await planChange(
      { environment: 'dev', mode: 'deploy', commit, roots: ['pipeline'], scalingText, variableFiles },
      { ...world.ports, ...checkout },
    );
    await expect(rollBack({ ...request, digest: deployment?.digest ?? '' }, world.ports)).rejects.toThrow(
      /What was approved is not the rollback/,
    );
    expect(world.applied).toEqual([]);
  });

  it('a dry run plans and prints, and touches nothing', async () => {
    const world = aWorld();
    const before = world.file.text;
    const { change, lifted } = await planRollback(request, world.ports);
    expect(change?.mode).toBe('rollback');
    expect(lifted.map(({ field }) => field)).toEqual(['partitions']);
    expect([world.applied, world.file.text, await world.isPaused()]).toEqual([[], before, false]);
  });
});
