import { SQSClient } from '@aws-sdk/client-sqs';
import { handleLetters } from './dead-letters/handle-letters.ts';
import { openReplayStores } from './dead-letters/open-replay-stores.ts';
import { type LettersOptions, readLettersOptions } from './dead-letters/read-letters-options.ts';
import { createSqsLetterQueues } from './dead-letters/sqs-letter-queues.ts';
import { runCommand } from './reports/run-command.ts';

const help = `Usage: npm run dead-letters -- list | group | explain ID | replay [ID ...] [options]

What could not be told or read, from the dead-letter queues. Never an address.

  list                 a line a letter
  group                letters and endpoints by channel and cause
  explain ID           alert, page, endpoints and attempts of one letter, and what a replay would do
  replay [ID ...]      tells its endpoints once more, all letters if none is named: only those that the ledger still has as
                       exhausted, that have not opted out, while the alert is of use
  --dry-run            replay only says what it would do (this is the default)
  --apply              replay does it; a letter is removed once its replay is recorded
  --channel NAME       only this channel's queue
  --environment NAME   whose queues and tables, quakewire-NAME-... (default local)
  --help               this text

Letters are held from other readers for up to 5 minutes while this runs.
Account, Region and endpoint come from the AWS_* environment variables.
Exit code 0: done; 1: no such letter, or queues or tables could not be reached; 2: wrong arguments.
`;

async function run(options: LettersOptions): Promise<string> {
  const client = new SQSClient();
  const stores = openReplayStores(options.environment);
  try {
    return await handleLetters(options, { ...stores, queues: createSqsLetterQueues(client, options.environment) });
  } finally {
    stores.close();
    client.destroy();
  }
}

process.exitCode = await runCommand(
  { name: 'dead-letters', help, readOptions: readLettersOptions, run },
  process.argv.slice(2),
  { print: (text) => process.stdout.write(text), say: (sentence) => console.error(sentence) },
);
