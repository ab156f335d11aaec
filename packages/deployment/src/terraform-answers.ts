import { DeploymentError, LockHeldError, StaleChangeError } from './deployment-error.ts';
import type { Terraform, TerraformAnswer, TerraformRoot } from './ports.ts';

const linesShown = 30;

/**
 * Runs Terraform and turns what it says when it fails into an error that says what to do.
 * @param accepted Exit codes that are an answer.
 */
export async function ask(
  terraform: Terraform,
  root: TerraformRoot,
  args: readonly string[],
  accepted: readonly number[] = [0],
): Promise<TerraformAnswer> {
  const answer = await terraform(root, args);
  if (accepted.includes(answer.exitCode)) return answer;
  throw errorOf(root, args[0] ?? '', answer);
}

function errorOf(root: TerraformRoot, command: string, { exitCode, output, errors }: TerraformAnswer): DeploymentError {
  if (/Error acquiring the state lock/.test(errors)) return new LockHeldError(lockSentence(root, errors));
  if (/Saved plan is stale|saved plan does not match/i.test(errors))
    return new StaleChangeError(`${root}: its state changed after the plan was made.`);
  // Seen under load: the provider asks before its connection is up. A part of an apply may be done already.
  if (/kafka: broker not connected/.test(errors))
    return new StaleChangeError(`${root}: the broker was not connected in the midst of the ${command}.`);
  if (/Instance cannot be destroyed/.test(errors))
    return new DeploymentError(
      `${root}: the plan would destroy what is protected. Nothing was changed.\n${lastLines(errors)}`,
    );
  if (root === 'topics' && /client has run out of available brokers|connection refused|i\/o timeout/.test(errors))
    return new DeploymentError(
      `${root}: Kafka cannot be reached. Nothing was changed; alerts need Kafka too: look at the broker first.\n${lastLines(errors)}`,
    );
  const said = command === 'show' || command === 'state' ? errors : `${output}\n${errors}`;
  return new DeploymentError(`terraform ${command} of ${root} failed (exit code ${exitCode}).\n${lastLines(said)}`);
}

/** Terraform prints who holds the lock; a killed run leaves it behind. */
function lockSentence(root: TerraformRoot, errors: string): string {
  const read = (name: string) => new RegExp(`^[\\s│]*${name}:\\s+(.+?)\\s*$`, 'm').exec(errors)?.[1] ?? 'unknown';
  return (
    `${root}: its state is locked by ${read('Who')} since ${read('Created')} (${read('Operation')}). Wait until that run ends. ` +
    `If it was killed, make sure that nothing of it still runs, then: terraform force-unlock ${read('ID')}`
  );
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-linesShown).join('\n');
}
