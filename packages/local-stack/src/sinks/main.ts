import { startSinks } from './start-sinks.ts';

/** Runs the sinks as a process of their own: `main.ts '{"ports":{...},"behaviour":{"latencyMs":50}}'`; ends on SIGTERM. */
const sinks = await startSinks(JSON.parse(process.argv[2] ?? '{}'));
process.stdout.write(`${JSON.stringify(sinks.urls)}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void sinks.stop().then(() => process.exit(0)));
}
