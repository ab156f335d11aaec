import { UsageError } from './usage-error.ts';

export interface Command<Options> {
  name: string;
  help: string;
  /** @throws UsageError */
  readOptions(args: readonly string[]): Options | 'help';
  /** What to print. */
  run(options: Options): Promise<string>;
}

export interface Terminal {
  print(text: string): void;
  say(sentence: string): void;
}

/** Exit code: 0 printed, 1 it could not be done, 2 wrong arguments. What is wrong is one sentence, never a stack. */
export async function runCommand<Options>(
  command: Command<Options>,
  args: readonly string[],
  { print, say }: Terminal,
): Promise<number> {
  try {
    const options = command.readOptions(args);
    print(options === 'help' ? command.help : await command.run(options));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      say(`${error.message} See npm run ${command.name} -- --help.`);
      return 2;
    }
    say(explain(error as Error));
    return 1;
  }
}

/** What an operator can do about the errors that a wrong environment gives. */
const remedies: readonly (readonly [name: RegExp, remedy: string])[] = [
  [
    /^ResourceNotFoundException$/,
    'The tables were not found: is --environment right, and the AWS_* account and Region?',
  ],
  [/ECONNREFUSED|ENOTFOUND|TimeoutError/, 'The tables do not answer: is AWS_ENDPOINT_URL right, and the stack up?'],
  [/^CredentialsProviderError$/, 'No AWS credentials: set the AWS_* variables, or log in.'],
  [/Region is missing/, 'No AWS Region: set AWS_REGION.'],
  [/^(AccessDeniedException|UnrecognizedClientException|ExpiredTokenException)$/, 'AWS refused the credentials.'],
];

function explain(error: Error & { code?: string }): string {
  const causes = error instanceof AggregateError ? error.errors : [];
  const signs = [error, ...causes].flatMap(({ name, code, message }) => [name, code, message]);
  const remedy = remedies.find(([pattern]) => signs.some((sign) => sign !== undefined && pattern.test(sign)));
  return remedy ? remedy[1] : error.message;
}
