import { terraform } from '@quakewire/local-stack';
import { expect } from './expect.ts';
import type { World } from './world.ts';

/** Delivery is set up on buckets that are there already: its provider and roles are made, and then nothing is left to change. */
export async function bootstrapTwice({ installation: { stack } }: World): Promise<void> {
  const inputs = [
    '-input=false',
    '-var-file=../environments/local/bootstrap.tfvars',
    '-var=delivery={oidc_subject_prefix="repo:example/quakewire"}',
  ];
  const run = (args: readonly string[]) =>
    terraform('bootstrap', [...args, ...inputs], { ...stack, acceptedExitCodes: [0, 2] });
  const { exitCode } = await run(['apply', '-auto-approve']);
  expect(exitCode === 0, 'the roles of delivery must be made');
  const again = await run(['plan', '-detailed-exitcode']);
  expect(again.exitCode === 0, `a second plan of bootstrap must find nothing to change: ${again.logFile}`);
}
