import { openOperatorStores } from './alert/open-operator-stores.ts';
import { operate } from './alert/operate.ts';
import { type OperatorOptions, readAlertOptions } from './alert/read-alert-options.ts';
import { runCommand } from './reports/run-command.ts';

const help = `Usage: npm run alert -- COMMAND [options]

Tells people by hand, when feeds are down or wrong. Without --apply it only shows who would be told, how many, in how many
minutes and for how much. Starting takes two people, with two IAM principals; stopping takes one.

  issue            an alert of a new earthquake, as a notification: a typed time gives nobody a countdown
    --origin TIME  its time with offset, such as 2026-11-21T18:10:03Z; no older than policy allows
    --latitude DEGREES --longitude DEGREES --depth KM --magnitude M --region NAME
  update EARTHQUAKE  what changed of it: any of the options above but --origin
  all-clear EARTHQUAKE  the danger is over, to those who were told or are concerned
  cancel EARTHQUAKE  takes back what was told, at once and for good: no feed begins it again
  approve ID       the second person's yes to a request, within 15 minutes of it
  withdraw ID      stops a request that has not begun
  list             open requests, and how the last ones ended
  --apply          does it
  --environment NAME  whose tables, quakewire-NAME-... (default local)
  --help           this text

Account, Region, endpoint and who you are come from the AWS_* environment variables. All of it is kept: who, when, what.
Exit code 0: done; 1: refused or failed; 2: wrong arguments.
`;

async function run({ wanted, apply, environment }: OperatorOptions): Promise<string> {
  const stores = openOperatorStores(environment);
  try {
    return await operate(wanted, { name: 'alert', apply, environment }, stores);
  } finally {
    stores.close();
  }
}

process.exitCode = await runCommand(
  { name: 'alert', help, readOptions: readAlertOptions, run },
  process.argv.slice(2),
  { print: (text) => process.stdout.write(text), say: (sentence) => console.error(sentence) },
);
