// `npm test`: brings the tools that integration tests need, then runs jest. Arguments go to jest (a folder, -t NAME, ...).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bringTools, projectFolder } from '@quakewire/local-stack';

try {
  await bringTools((line) => console.log(line));
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

const jest = spawn(process.execPath, [join(projectFolder, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: projectFolder,
  env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => jest.kill(signal));
// Ctrl-C reaches jest through the terminal; here it must only not end this process before jest has cleaned up.
process.on('SIGINT', () => undefined);
jest.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
