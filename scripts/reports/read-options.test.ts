import { readAuditOptions, readReportOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

const common = { environment: 'local', json: false };

test('an alert is named by its earthquake, or by its number too', () => {
  expect(readReportOptions(['2025-a_1'])).toEqual({ ...common, alert: { earthquakeId: '2025-a_1' } });
  expect(readReportOptions(['eq1/12', '--json', '--environment', 'prod-2'])).toEqual({
    alert: { earthquakeId: 'eq1', seq: 12 },
    environment: 'prod-2',
    json: true,
  });
});

test.each([
  [[]],
  [['a', 'b']],
  [['eq1/0']],
  [['eq1/']],
  [['eq 1']],
  [['eq1', '--environment', 'Prod']],
  [['eq1', '--x']],
])('a report of %j is refused', (args) => {
  expect(() => readReportOptions(args)).toThrow(UsageError);
});

test('an audit takes a subscriber, an alert, or both', () => {
  expect(readAuditOptions(['--subscriber', '00AB00ab00ab'])).toEqual({ ...common, subscriber: '00ab00ab00ab' });
  expect(readAuditOptions(['--subscriber', '00ab00ab00ab0001', '--alert', 'eq1/2'])).toEqual({
    ...common,
    subscriber: '00ab00ab00ab0001',
    alert: { earthquakeId: 'eq1', seq: 2 },
  });
  expect(() => readAuditOptions([])).toThrow('Give --subscriber, --alert or both.');
  expect(() => readAuditOptions(['--subscriber'])).toThrow('--subscriber has no value');
});

test('whoever types an address by mistake does not find it repeated', () => {
  for (const args of [
    ['--subscriber', '+905321234567'],
    ['--subscriber=somebody@example.org'],
    ['+905321234567'],
    ['--alert', 'somebody@example.org'],
    ['--somebody@example.org'],
    ['--json=somebody@example.org', '--alert', 'eq1'],
  ]) {
    const read = () => readAuditOptions(args);
    expect(read).toThrow(UsageError);
    expect(read).not.toThrow(/90532|somebody/);
  }
});

test('--help asks for the help, whatever else is missing', () => {
  expect(readReportOptions(['--help'])).toBe('help');
  expect(readAuditOptions(['--help'])).toBe('help');
});
