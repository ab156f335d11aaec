export { readGazetteer } from './gazetteer.ts';
export { type Deployed, type Installation, providerLimits, startInstallation } from './install.ts';
export { epicentre, originAgeMs, withinKm } from './marmara.ts';
export type { SinkMessage, SinkStats, SinksClient } from './sinks-client.ts';
export { readPolicy } from './size.ts';
export type { Stores } from './stores.ts';
export { createSubscribers, type PlainEndpoint } from './subscribers.ts';
export { createTerminal, type Terminal } from './terminal.ts';
export { waitUntil } from './wait-until.ts';
