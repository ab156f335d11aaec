import { composeSnapshot, DeploymentError, smokeTest } from '@quakewire/deployment';
import { parseOptions, requireEnvironment } from '@quakewire/scaling';
import { readArtifacts, serialiseArtifacts } from './delivery/artifacts-file.ts';
import { handOver } from './delivery/job.ts';
import { openDelivery, print, readCommit, say } from './delivery/open-delivery.ts';
import { openSnapshots, terraformFacts } from './delivery/open-snapshots.ts';
import { projectFolder } from './delivery/project-folder.ts';
import { runDelivery } from './delivery/run-delivery.ts';

const help = `Usage: npm run snapshot -- --environment NAME --artifacts FILE [--compose]

Checks what is in force after an apply (read back, every consumer starts, each channel's test endpoint is told by an
exercise), keeps which zips are in force for the scaler, and tags it as infra/NAME/<UTC time>-<serial> with a manifest: what
npm run rollback goes back to. Prints the tag's name.

  --environment NAME   what was applied
  --artifacts FILE     the zips that it was applied with (artifacts.auto.tfvars.json)
  --compose            does not tag, but hands the snapshot over to npm run tag-snapshot, in a job without rights on AWS
  --help               this text

Without --compose the tag is made in this checkout: push it.
Exit code 0: tagged; 1: the check failed or a part could not be read, nothing was tagged; 2: wrong usage.
`;

process.exitCode = await runDelivery(process.argv.slice(2), help, async (args) => {
  const options = parseOptions(args, { environment: 'required', artifacts: 'required', compose: 'flag' });
  const environment = requireEnvironment(options.environment);
  const artifacts = readArtifacts(options.artifacts);
  const delivery = openDelivery(environment);
  const snapshots = openSnapshots(environment, delivery);
  try {
    const { scalingFile, terraform, nowMs } = delivery.changePorts;
    const inForce = await scalingFile.read();
    if (inForce === null) throw new DeploymentError(`${scalingFile.name} is gone: restore its last good version.`);
    const smokePorts = snapshots.smokePorts();
    const smoke = await smokeTest(inForce.text, smokePorts).finally(smokePorts.close);
    for (const { name, passed, detail } of smoke.checks) say(passed ? `ok: ${name}` : `FAILED: ${name}: ${detail}`);
    const known = await snapshots.artifactsInForce.read();
    const text = serialiseArtifacts(artifacts);
    if (known?.text !== text) await snapshots.artifactsInForce.replace(text, known?.version ?? null);
    const facts = terraformFacts(terraform, `${projectFolder}/terraform`, snapshots.stateVersion);
    const { tags, live } = snapshots;
    const request = { environment, commit: readCommit(), artifacts, smoke };
    const { name, ...tag } = await composeSnapshot(request, { ...facts, live, scalingFile, nowMs });
    if (options.compose) handOver('snapshot', JSON.stringify({ name, ...tag }));
    else await tags.create(name, tag);
    print(`${name}\n`);
    return 0;
  } finally {
    snapshots.close();
    await delivery.close();
  }
});
