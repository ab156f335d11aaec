import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { buildZips } from './build/build-zips.ts';
import { lambdas } from './build/lambdas.ts';
import { overBudget, sizeTable } from './build/size-table.ts';
import { uploadZips } from './build/upload-zips.ts';

const HELP = `Builds one zip a Lambda into dist/lambda and prints its size against its budget.

  npm run build
  npm run build -- --upload BUCKET --tfvars FILE

  --upload BUCKET   also puts every zip into this bucket as lambda/<name>/<SHA-256>.zip, unless it is there already
  --tfvars FILE     where to write the Terraform variable \`artifacts\` (artifacts.auto.tfvars.json); needed with --upload
  --help            this text

The same sources give the same bytes. Exit code 1: a zip is over its budget, or an upload failed; 2: wrong options.
Credentials, Region and endpoint for the upload come from the AWS_* environment variables.`;

const rootFolder = join(import.meta.dirname, '..');

function readOptions(): { upload?: string; tfvars?: string; help?: boolean } {
  const { values } = parseArgs({
    options: { upload: { type: 'string' }, tfvars: { type: 'string' }, help: { type: 'boolean' } },
  });
  if ((values.upload === undefined) !== (values.tfvars === undefined)) {
    throw new Error('--upload and --tfvars belong together.');
  }
  return values;
}

async function main(): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${(error as Error).message} See npm run build -- --help.`);
    return 2;
  }
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const built = await buildZips(lambdas, rootFolder, join(rootFolder, 'dist/lambda'));
  console.log(sizeTable(built));
  const tooBig = overBudget(built);
  if (tooBig.length > 0) {
    console.error(`over budget: ${tooBig.map(({ name }) => name).join(', ')}`);
    return 1;
  }
  if (options.upload !== undefined && options.tfvars !== undefined) {
    const client = new S3Client();
    const artifacts = await uploadZips(client, options.upload, built);
    client.destroy();
    writeWhole(options.tfvars, `${JSON.stringify({ artifacts }, null, 2)}\n`);
    console.log(`uploaded to ${options.upload}, named in ${options.tfvars}`);
  }
  return 0;
}

/** Nobody ever reads half a file. */
function writeWhole(file: string, content: string): void {
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message);
  return 1;
});
