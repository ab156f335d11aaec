/** One configuration for every package; `npm test` runs it under Node 22 (see scripts/test.ts). */
export default {
  roots: ['<rootDir>/packages', '<rootDir>/scaling', '<rootDir>/scripts'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, tsconfig: '<rootDir>/tsconfig.json', diagnostics: false }] },
  reporters: ['default', '<rootDir>/scripts/counting-reporter.mjs'],
};
