// The direction of imports: function -> runtime, adapter -> core. Checked by `npm run boundaries`.
const functions = '(producer|consumer|segmenter|ingest)';
const adapters = '(kafka|dynamodb|notifier-channels|broadcast)';
const tests = '(\\.test\\.ts$|^(packages/[^/]+|scaling)/test/)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      comment: 'core imports zod and itself: no I/O, no adapter, no Node module.',
      severity: 'error',
      from: { path: '^packages/core/src', pathNot: tests },
      to: { pathNot: ['^packages/core/src', 'node_modules/zod/'] },
    },
    {
      name: 'adapters-know-only-core',
      severity: 'error',
      from: { path: `^packages/${adapters}/src`, pathNot: tests },
      to: { path: '^(packages|scaling)/', pathNot: ['^packages/core/src', `^packages/${adapters}/src`] },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: `^packages/${adapters}/src`, pathNot: tests },
      to: { path: `^packages/${adapters}/src`, pathNot: '^packages/$1/src' },
    },
    {
      name: 'runtime-knows-only-core',
      severity: 'error',
      from: { path: '^packages/lambda-runtime/src', pathNot: tests },
      to: { path: '^(packages|scaling)/', pathNot: '^packages/(core|lambda-runtime)/src' },
    },
    {
      name: 'functions-do-not-import-functions',
      comment: 'What two functions need lives in core and speaks to ports.',
      severity: 'error',
      from: { path: `^packages/${functions}/src` },
      to: { path: `^packages/${functions}/src`, pathNot: '^packages/$1/src' },
    },
    {
      name: 'product-knows-no-tooling',
      comment:
        'testing, local-stack, demo, chaos, simulation, bench: for tests and for one machine, never in what is deployed.',
      severity: 'error',
      from: {
        path: '^(packages|scaling)/',
        pathNot: ['^packages/(testing|local-stack|demo|chaos|rehearsal|simulation|bench)/', tests],
      },
      to: { path: '^packages/(testing|local-stack|demo|chaos|rehearsal|simulation|bench)/' },
    },
    {
      name: 'baselines-stay-in-bench',
      comment: 'The earlier designs are there to be measured, never to be deployed.',
      severity: 'error',
      from: { pathNot: '^packages/bench/' },
      to: { path: '^packages/bench/src/baselines/' },
    },
    {
      name: 'vendor-libraries-only-in-adapters',
      comment: 'Adapters, and composition roots that create the clients. local-stack plays the AWS side itself.',
      severity: 'error',
      from: {
        path: '^(packages|scaling)/',
        pathNot: [
          `^packages/${adapters}/src`,
          '^packages/lambda-runtime/src/secret\\.ts$',
          '^packages/(producer|segmenter|ingest)/src/index\\.ts$',
          '^packages/consumer/src/(sms|email|telegram|webhook|compose-consumer|dead-letter-queue)\\.ts$',
          '^scaling/src/observe/[^/]+\\.ts$',
          '^packages/deployment/src/adapters/',
          '^packages/(local-stack|demo|rehearsal|bench)/src',
          tests,
        ],
      },
      to: { path: 'node_modules/(@aws-sdk|kafkajs|twilio|telegraf)/' },
    },
    {
      name: 'lambda-event-types-only-in-handlers',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['handler(\\.test)?\\.ts$', '^packages/local-stack/'] },
      to: { path: 'node_modules/@types/aws-lambda/' },
    },
    {
      name: 'decide-is-pure',
      severity: 'error',
      from: { path: '^scaling/src/decide/', pathNot: tests },
      to: { pathNot: ['^scaling/src/decide/', 'node_modules/zod/'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '^(packages|scaling)/', pathNot: tests },
      // Types are the workspace's, declared once at its root.
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(fixtures|data)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
