import { auditLedger } from './reports/audit-ledger.ts';
import { formatAudit } from './reports/format-audit.ts';
import { openStores } from './reports/open-stores.ts';
import { type AuditOptions, readAuditOptions } from './reports/read-options.ts';
import { runCommand } from './reports/run-command.ts';

const help = `Usage: npm run audit -- --subscriber ID | --alert ID [options]

Says who was told what, when and by which channel, or why not, from the ledger and the alerts. Never an address.

  --subscriber ID      a person's 12 hex digits, or one endpoint's 16
  --alert ID           EARTHQUAKE (all its alerts) or EARTHQUAKE/SEQ; with --subscriber: only this person's lines
  --environment NAME   whose tables, quakewire-NAME-... (default local)
  --json               as JSON
  --help               this text

It reads the whole ledger (kept for 400 days), which costs read units: one for each 8 KB.
Account, Region and endpoint come from the AWS_* environment variables.
Exit code 0: printed; 1: nothing was found, or the tables could not be read; 2: wrong arguments.
`;

async function run({ environment, json, ...what }: AuditOptions): Promise<string> {
  const stores = openStores(environment);
  try {
    const audit = await auditLedger(what, stores);
    return json ? `${JSON.stringify(audit, null, 2)}\n` : formatAudit(audit);
  } finally {
    stores.close();
  }
}

process.exitCode = await runCommand(
  { name: 'audit', help, readOptions: readAuditOptions, run },
  process.argv.slice(2),
  {
    print: (text) => process.stdout.write(text),
    say: (sentence) => console.error(sentence),
  },
);
