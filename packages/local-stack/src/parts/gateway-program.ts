import { pino } from 'pino';
import { startGateway } from '../gateway/start-gateway.ts';
import type { GatewayProgramOptions } from './gateway.ts';

/** Runs the gateway as a process of its own: `gateway-program.ts '{"port":...,...}'`; ends on SIGTERM. */
const options: GatewayProgramOptions = JSON.parse(process.argv[2] ?? '{}');
const gateway = await startGateway({ ...options, logger: pino({ level: 'info' }) });
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void gateway.stop().then(() => process.exit(0)));
}
