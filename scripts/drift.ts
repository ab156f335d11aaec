import { execFileSync } from 'node:child_process';
import { DeploymentError, findDrift } from '@quakewire/deployment';
import { parseOptions, requireEnvironment } from '@quakewire/scaling';
import { openDelivery, print, variableFilesOf } from './delivery/open-delivery.ts';
import { reportDrift } from './delivery/report-drift.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run drift -- --environment NAME --var-file artifacts.auto.tfvars.json [--issue]

Plans without applying, and says what differs from the code and the scaling file in force: changes by hand, half an apply.
It never mends anything: a person decides which side is right.

  --environment NAME   whose values, states and scaling file
  --var-file FILE      a further variable file; may be repeated
  --issue              keeps one issue on GitHub, by gh: opened or updated on drift, closed when there is none
  --help               this text

Exit code 0: no drift; 1: drift, or it could not be found out; 2: wrong usage.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const options = parseOptions(args, { environment: 'required', 'var-file': 'files', issue: 'flag' });
  const environment = requireEnvironment(options.environment);
  const delivery = openDelivery(environment);
  try {
    const { scalingFile, terraform, say } = delivery.changePorts;
    const inForce = await scalingFile.read();
    if (inForce === null) throw new DeploymentError(`${scalingFile.name} is gone: restore its last good version.`);
    const drift = await findDrift(inForce.text, variableFilesOf(environment, options['var-file']), { terraform, say });
    const report = drift.length === 0 ? 'No drift.\n' : `${drift.map((line) => `- ${line}`).join('\n')}\n`;
    print(report);
    const gh = (gitHubArgs: string[], input?: string) => execFileSync('gh', gitHubArgs, { encoding: 'utf8', input });
    if (options.issue) reportDrift(environment, drift.length === 0 ? null : report, gh);
    return drift.length === 0 ? 0 : 1;
  } finally {
    await delivery.close();
  }
});
