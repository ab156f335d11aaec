import { formatOverview } from './reports/format-overview.ts';
import { openStores } from './reports/open-stores.ts';
import { type ReportOptions, readReportOptions } from './reports/read-options.ts';
import { reportOnAlert } from './reports/report-on-alert.ts';
import { runCommand } from './reports/run-command.ts';

const help = `Usage: npm run alert-report -- ALERT [options]

Prints the report of an alert from its tables: final when everything is settled, else running ("at least").

  ALERT                EARTHQUAKE (its newest alert) or EARTHQUAKE/SEQ
  --environment NAME   whose tables, quakewire-NAME-... (default local)
  --json               as JSON
  --help               this text

Account, Region and endpoint come from the AWS_* environment variables. Alerts are kept for 30 days after their expiry.
Exit code 0: printed, running or final; 1: no such alert, or the tables could not be read; 2: wrong arguments.
`;

async function run({ alert, environment, json }: ReportOptions): Promise<string> {
  const stores = openStores(environment);
  try {
    const overview = await reportOnAlert(alert, stores);
    return json ? `${JSON.stringify(overview, null, 2)}\n` : formatOverview(overview);
  } finally {
    stores.close();
  }
}

process.exitCode = await runCommand(
  { name: 'alert-report', help, readOptions: readReportOptions, run },
  process.argv.slice(2),
  { print: (text) => process.stdout.write(text), say: (sentence) => console.error(sentence) },
);
