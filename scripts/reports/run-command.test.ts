import { type Command, runCommand } from './run-command.ts';
import { UsageError } from './usage-error.ts';

async function outcomeOf(changes: Partial<Command<string>>): Promise<{ code: number; printed: string; said: string }> {
  const [printed, said]: [string[], string[]] = [[], []];
  const command: Command<string> = {
    name: 'audit',
    help: 'the help',
    readOptions: () => 'options',
    run: async (options) => `ran with ${options}`,
    ...changes,
  };
  const terminal = { print: (text: string) => void printed.push(text), say: (text: string) => void said.push(text) };
  const code = await runCommand(command, [], terminal);
  return { code, printed: printed.join(), said: said.join() };
}

const failingWith = (error: Error) => outcomeOf({ run: () => Promise.reject(error) });

test('what the command answers is printed, with exit code 0', async () => {
  expect(await outcomeOf({})).toEqual({ code: 0, printed: 'ran with options', said: '' });
});

test('the help is printed without running', async () => {
  expect(await outcomeOf({ readOptions: () => 'help' })).toEqual({ code: 0, printed: 'the help', said: '' });
});

test('wrong arguments are one sentence that leads to the help, with exit code 2', async () => {
  const readOptions = () => {
    throw new UsageError('That is wrong.');
  };
  const said = 'That is wrong. See npm run audit -- --help.';
  expect(await outcomeOf({ readOptions })).toEqual({ code: 2, printed: '', said });
});

test('any other failure is its message, with exit code 1', async () => {
  expect(await failingWith(new Error('No such alert.'))).toEqual({ code: 1, printed: '', said: 'No such alert.' });
});

test.each([
  [Object.assign(new Error('x'), { name: 'ResourceNotFoundException' }), /is --environment right/],
  [new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]), /AWS_ENDPOINT_URL/],
  [Object.assign(new Error('x'), { name: 'CredentialsProviderError' }), /AWS_\* variables/],
  [new Error('Region is missing'), /set AWS_REGION/],
])('an environment that is set up wrong gets its remedy (%s)', async (error, remedy) => {
  const { code, said } = await failingWith(error);
  expect(code).toBe(1);
  expect(said).toMatch(remedy);
});
