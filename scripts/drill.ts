import { openOperatorStores } from './alert/open-operator-stores.ts';
import { operate } from './alert/operate.ts';
import type { OperatorOptions } from './alert/read-alert-options.ts';
import { readDrillOptions, type WantedOfDrill } from './alert/read-drill-options.ts';
import { runCommand } from './reports/run-command.ts';

const help = `Usage: npm run drill -- COMMAND [options]

An exercise that takes the way of an alert, with EXERCISE as the first word on each channel. Nothing makes it real.
Without --apply it only shows who would be told. Starting takes two people, with two IAM principals; stopping takes one.

  schedule         a drill at a time, approved by another person within 15 minutes
    --at TIME      with offset and zone of its place, such as 2026-12-01T10:00+02:00[Europe/Bucharest]; never between
                   22:00 and 07:00 there
    --country XX   where it is (ISO 3166-1, such as RO)
    --latitude DEGREES --longitude DEGREES --depth KM --magnitude M --region NAME
  approve ID       the second person's yes
  stop ID          before it begins: it is not held; after: what it told is taken back
  list             what is planned, and how the last ones ended
  --apply          does it
  --environment NAME  whose tables, quakewire-NAME-... (default local)
  --help           this text

Account, Region, endpoint and who you are come from the AWS_* environment variables. All of it is kept: who, when, what.
Exit code 0: done; 1: refused or failed; 2: wrong arguments.
`;

async function run({ wanted, apply, environment }: OperatorOptions<WantedOfDrill>): Promise<string> {
  const stores = openOperatorStores(environment);
  try {
    return await operate(wanted, { name: 'drill', apply, environment }, stores);
  } finally {
    stores.close();
  }
}

process.exitCode = await runCommand(
  { name: 'drill', help, readOptions: readDrillOptions, run },
  process.argv.slice(2),
  { print: (text) => process.stdout.write(text), say: (sentence) => console.error(sentence) },
);
