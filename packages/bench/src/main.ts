import { benchInit } from './init/bench-init.ts';

const benches: Record<string, { about: string; run: () => Promise<boolean> }> = {
  init: { about: "each function's init beside the import of its libraries alone", run: benchInit },
};

const help = `Usage: npm run bench -- NAME

${Object.entries(benches)
  .map(([name, { about }]) => `  ${name.padEnd(10)}${about}`)
  .join('\n')}

Exit code: 0, 1 when a figure misses its target, 2 for an unknown name.
`;

const [name = '--help'] = process.argv.slice(2);
const bench = benches[name];
if (name === '--help') process.stdout.write(help);
else if (bench) process.exitCode = (await bench.run()) ? 0 : 1;
else {
  console.error(`There is no benchmark ${name}. Try --help.`);
  process.exitCode = 2;
}
