import { fileURLToPath } from 'node:url';
import type { Logger } from '@quakewire/core';
import { createTerraformCommand } from './act/terraform-command.ts';
import { runCli } from './cli/run-cli.ts';
import { parseEnvironment } from './env.ts';
import { openPorts } from './observe/open-ports.ts';

const terraformFolder = fileURLToPath(new URL('../../terraform', import.meta.url));
const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

process.exitCode = await runCli(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  say: (sentence) => process.stderr.write(`${sentence}\n`),
  openPorts: (environment, isFirst) => {
    const { KAFKA_BOOTSTRAP_SERVERS, KAFKA_TLS, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD } = parseEnvironment(
      process.env,
    );
    const kafka = {
      bootstrapServers: KAFKA_BOOTSTRAP_SERVERS,
      tls: KAFKA_TLS,
      username: KAFKA_SASL_USERNAME,
      password: KAFKA_SASL_PASSWORD,
    };
    return openPorts({ environment, kafka, logger: quiet, isFirst });
  },
  terraform: (command) => createTerraformCommand((command ?? 'terraform').split(' '), terraformFolder),
  environmentFolder: (environment) => `${terraformFolder}/environments/${environment}`,
});
