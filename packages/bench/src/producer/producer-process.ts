import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** One producer invocation as a process of its own, as Lambda runs it. */
export interface ProducerProcess {
  /** The invocation's name: what the lease says while it leads. */
  owner: string;
  kill(): void;
}

let started = 0;

export function startProducer(bundle: string, environment: Record<string, string>): ProducerProcess {
  const owner = `invocation-${++started}`;
  const script = `const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
await handler({}, { awsRequestId: ${JSON.stringify(owner)} });`;
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: environment,
    stdio: 'ignore',
  });
  return { owner, kill: () => void child.kill('SIGKILL') };
}
