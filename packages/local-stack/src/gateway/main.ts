import { pino } from 'pino';
import { startGateway } from './start-gateway.ts';

/** Runs the gateway as a process of its own: `main.ts '{"port":4567,"emulatorUrl":"...","tablesUrl":"...","stateFile":"..."}'`; ends on SIGTERM. */
const { logLevel = 'info', ...options } = JSON.parse(process.argv[2] ?? '{}');
const logger = pino({ name: 'gateway', level: logLevel });
const gateway = await startGateway({ ...options, logger });
logger.info({ url: gateway.url }, 'gateway ready');
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void gateway.stop().then(() => process.exit(0)));
}
