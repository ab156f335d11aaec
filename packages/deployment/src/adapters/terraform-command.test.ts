import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createTerraformCommand } from './terraform-command.ts';

let shown: string;
beforeEach(() => {
  shown = '';
});

/** A stand-in for Terraform: Node itself, with a script as the wrapper's own arguments. */
const standIn = (script: string) =>
  createTerraformCommand([process.execPath, '-e', script, '--'], '/roots', (text) => {
    shown += text;
  });

test('the command gets the folder of the root and then the arguments, and is shown as it runs', async () => {
  const script = `console.log(process.argv.slice(1).join(' ')); console.error('a warning')`;
  const answer = await standIn(script)('topics', ['plan', '-input=false']);
  expect(answer).toEqual({ exitCode: 0, output: '-chdir=/roots/topics plan -input=false\n', errors: 'a warning\n' });
  expect(shown).toContain('plan -input=false');
});

test.each(['show', 'state', 'output'])('what %s answers is never shown: it holds values in clear', async (command) => {
  const { output } = await standIn(`console.log('secret')`)('pipeline', [command]);
  expect(output).toBe('secret\n');
  expect(shown).toBe('');
});

test('every exit code is an answer', async () => {
  await expect(standIn('process.exit(7)')('pipeline', ['apply'])).resolves.toMatchObject({ exitCode: 7 });
});

test('a command that was killed has failed, and says by what', async () => {
  const { exitCode, errors } = await standIn(`process.kill(process.pid, 'SIGKILL')`)('pipeline', ['apply']);
  expect(exitCode).toBe(1);
  expect(errors).toContain('SIGKILL');
});

test('a command that does not exist is an error', async () => {
  const run = createTerraformCommand(['/nowhere/terraform'], '/roots', () => {});
  await expect(run('topics', ['apply'])).rejects.toThrow(/^terraform could not be started: /);
});

test('a termination is passed on as an interrupt, so that Terraform can end its work', async () => {
  const terraform = `process.once('SIGINT', () => process.exit(0)); setInterval(() => {}, 1000); console.log('running')`;
  const runner = `
    import { createTerraformCommand } from ${JSON.stringify(new URL('./terraform-command.ts', import.meta.url).href)};
    const show = (text) => process.stdout.write(text);
    await createTerraformCommand([process.execPath, '-e', ${JSON.stringify(terraform)}, '--'], '/roots', show)('topics', []);
    process.exitCode = 42;
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', runner], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.once('data', () => child.kill('SIGTERM'));
  const [code] = await once(child, 'exit');
  expect(code).toBe(42);
});
