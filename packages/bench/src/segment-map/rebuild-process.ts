import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

export interface Rebuilt {
  /** From the start of the invocation to its answer: rows read, cut, map written. */
  seconds: number;
  /** Most memory that the process ever held, Node itself included. */
  peakMb: number;
  maps: { channel: string; version: number; published: boolean; segments: number; pages: number; endpoints: number }[];
}

/** One invocation of the segmenter's own bundle, in a process of its own, as Lambda runs it. */
export async function rebuildMap(bundle: string, environment: Record<string, string>): Promise<Rebuilt> {
  const script = `const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
const startedMs = performance.now();
const { maps } = await handler();
const seconds = (performance.now() - startedMs) / 1000;
process.send({ seconds, peakMb: process.resourceUsage().maxRSS / 1024, maps });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors = text(child.stderr as NodeJS.ReadableStream);
  return await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Rebuilt));
    child.once('close', async (code) => reject(new Error(`the segmenter ended with ${code}: ${await errors}`)));
  });
}
