import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createTerraformCommand } from './terraform-command.ts';

/** A stand-in for Terraform: Node itself, with a script as the wrapper's own arguments. */
const standIn = (script: string) => createTerraformCommand([process.execPath, '-e', script, '--'], '/roots');

test('the command gets the folder of the root and then the arguments', async () => {
  const script = `process.exit(process.argv.slice(1).join(' ') === '-chdir=/roots/topics apply -input=false' ? 0 : 9)`;
  await expect(standIn(script)('topics', ['apply', '-input=false'])).resolves.toBeUndefined();
});

test('a command that fails is an error that names the root and the exit code', async () => {
  await expect(standIn('process.exit(7)')('pipeline', ['apply'])).rejects.toThrow(
    'terraform apply of pipeline failed (exit code 7)',
  );
});

test('a command that does not exist is an error', async () => {
  const run = createTerraformCommand(['/nowhere/terraform'], '/roots');
  await expect(run('topics', ['apply'])).rejects.toThrow(/^terraform could not be started: /);
});

test('a termination is passed on as an interrupt, so that Terraform can end its work', async () => {
  const terraform = `process.once('SIGINT', () => process.exit(0)); setInterval(() => {}, 1000); console.log('running')`;
  const scaler = `
    import { createTerraformCommand } from ${JSON.stringify(new URL('./terraform-command.ts', import.meta.url).href)};
    await createTerraformCommand([process.execPath, '-e', ${JSON.stringify(terraform)}, '--'], '/roots')('topics', []);
    process.exitCode = 42;
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', scaler], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  expect(code).toBe(42);
});
