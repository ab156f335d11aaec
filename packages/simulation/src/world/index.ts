export * from '../faults.ts';
export * from '../scenario.ts';
export * from './provider.ts';
export * from './simulated-process.ts';
export * from './surroundings.ts';
export * from './topic.ts';
export * from './world.ts';
