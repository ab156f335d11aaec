// `npm run check:terraform`: format, validate and `terraform test` of every root and module, without any account.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder, terraformCliConfigFile } from '@quakewire/local-stack';

const folders = ['modules/lambda-function', 'bootstrap', 'topics', 'pipeline'];
const help = `Usage: npm run check:terraform

Checks the format, validates and tests ${folders.join(', ')} with mocked providers, in a copy of terraform/.
`;

if (process.argv.includes('--help')) {
  console.log(help);
  process.exit(0);
}

// A copy, so that neither lock files nor provider folders appear in the checkout.
const copy = mkdtempSync(join(tmpdir(), 'quakewire-terraform-'));
try {
  cpSync(join(projectFolder, 'terraform'), copy, { recursive: true, filter: (path) => !path.includes('/.terraform') });
  const cliConfigFile = await terraformCliConfigFile(copy, (line) => console.log(line));
  const environment = {
    ...process.env,
    TF_CLI_CONFIG_FILE: cliConfigFile,
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
  };
  const terraform = (folder: string, ...args: string[]) => {
    console.log(`terraform ${args.join(' ')} (${folder || 'all'})`);
    execFileSync('terraform', args, {
      cwd: join(copy, folder),
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  };
  terraform('', 'fmt', '-check', '-diff', '-recursive');
  for (const folder of folders) {
    terraform(folder, 'init', '-backend=false', '-input=false');
    terraform(folder, 'validate');
    if (existsSync(join(projectFolder, 'terraform', folder, 'tests'))) terraform(folder, 'test');
  }
} catch (error) {
  console.error(`The Terraform check failed: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
