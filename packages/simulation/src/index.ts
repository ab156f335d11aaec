export * from './faults.ts';
export * from './nightly-issue.ts';
export * from './run-mutants.ts';
export * from './run-seeds.ts';
export * from './simulate-seed.ts';
