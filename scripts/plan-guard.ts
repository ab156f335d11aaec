import { readFileSync } from 'node:fs';
import { guardPlan } from '@quakewire/deployment';
import { InputError, parseOptions } from '@quakewire/scaling';
import { print, say } from './delivery/open-delivery.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run plan-guard -- --plan FILE --mode MODE

Says whether a plan may be applied, and if not, why: a sentence for each thing that it must not do.

  --plan FILE   output of terraform show -json PLAN
  --mode MODE   scale, deploy or rollback
  --help        this text

Exit code 0: it may; 1: it may not; 2: wrong usage.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const { plan, mode } = parseOptions(args, { plan: 'required', mode: 'required' });
  if (mode !== 'scale' && mode !== 'deploy' && mode !== 'rollback')
    throw new InputError('--mode must be scale, deploy or rollback');
  const { allowed, refusals, notes, changes } = guardPlan(readJson(plan), mode);
  for (const note of notes) say(`Note: ${note}`);
  for (const { sentence } of refusals) print(`${sentence}\n`);
  if (allowed) print(`The plan may be applied: it changes ${changes.length} fields.\n`);
  return allowed ? 0 : 1;
});

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new InputError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
