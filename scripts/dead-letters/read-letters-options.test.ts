import { UsageError } from '../reports/usage-error.ts';
import { readLettersOptions } from './read-letters-options.ts';

test('a replay is a dry run unless it is to be applied', () => {
  expect(readLettersOptions(['replay'])).toEqual({
    ...{ command: { verb: 'replay', ids: [], apply: false }, environment: 'local' },
  });
  expect(readLettersOptions(['replay', 'a', 'b', '--apply', '--channel', 'sms', '--environment', 'prod'])).toEqual({
    ...{ command: { verb: 'replay', ids: ['a', 'b'], apply: true }, environment: 'prod', channel: 'sms' },
  });
});

test.each([
  [[]],
  [['remove']],
  [['explain']],
  [['explain', 'a', 'b']],
  [['list', 'a']],
  [['list', '--apply']],
  [['replay', '--apply', '--dry-run']],
  [['replay', '--channel', 'fax']],
  [['replay', '--yes']],
  [['list', '--environment', '../prod']],
])('%j is refused with a sentence that does not repeat it', (args) => {
  expect(() => readLettersOptions(args)).toThrow(UsageError);
});

test('help goes before everything else', () => {
  expect(readLettersOptions(['--help'])).toBe('help');
});
