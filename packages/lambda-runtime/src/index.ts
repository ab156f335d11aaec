export * from './address-cipher.ts';
export * from './environment.ts';
export * from './logger.ts';
export * from './metrics.ts';
export * from './receipt-token.ts';
export * from './secret.ts';
export * from './system-clock.ts';
