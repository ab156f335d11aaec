#!/usr/bin/env node
// Runs a TypeScript entry point under Node 22, the Lambda runtime's version, even where the machine's Node is older:
// npm brings node-linux-* as an optional dependency, locked by hash. Plain JavaScript, because it runs under any Node >= 20.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

function findNode22() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const bundled = resolve(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(bundled)) return bundled;
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  process.stderr.write(
    `quakewire: needs Node 22.18 or newer to run TypeScript, this is ${process.versions.node}. ` +
      'Run "npm ci" (it brings Node 22 on Linux) or install Node 22.\n',
  );
  process.exit(1);
}

if (!existsSync(resolve(root, 'node_modules'))) {
  process.stderr.write('quakewire: the dependencies are missing. Run "npm ci" first.\n');
  process.exit(1);
}
const node = findNode22();
const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}`, TURBO_TELEMETRY_DISABLED: '1' },
});
// The terminal signals the whole group on Ctrl-C; a bare `kill` reaches only this process and must be passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => signal !== 'SIGINT' && child.kill(signal));
// Killed with -9, npm or the shell above cannot pass anything on: their disappearance ends the command as well.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1000).unref();
child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 1)));
