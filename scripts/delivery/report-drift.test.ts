import { reportDrift } from './report-drift.ts';

/** `gh` with these open issues; answers what it was told to do besides listing. */
function reported(report: string | null, open: { number: number; title: string }[]): string[] {
  const commands: string[] = [];
  reportDrift('dev', report, (args, input) => {
    if (args[1] === 'list') return JSON.stringify(open);
    commands.push([...args.slice(0, 3), input ?? ''].join(' ').trim());
    return '';
  });
  return commands;
}

const ours = { number: 7, title: 'Drift in dev' };
const another = { number: 8, title: 'Drift in prod' };

test('the first drift opens an issue', () => {
  const [label, create] = reported('- a field differs', [another]);
  expect(label).toMatch(/^label create drift/);
  expect(create).toMatch(/^issue create --title .*- a field differs$/s);
});

test('drift that lasts updates the same issue', () => {
  expect(reported('- a field differs', [another, ours])).toEqual([
    expect.stringMatching(/^issue edit 7 .*- a field differs$/s),
  ]);
});

test('the issue is closed when the drift is gone, and nothing is opened without one', () => {
  expect(reported(null, [ours, another])).toEqual(['issue close 7']);
  expect(reported(null, [another])).toEqual([]);
});
