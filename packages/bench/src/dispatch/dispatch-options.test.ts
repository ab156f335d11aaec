import { readDispatchOptions } from './dispatch-options.ts';

test('without options: every channel, both sizes, with and without latency', () => {
  expect(readDispatchOptions([])).toEqual({
    channels: ['sms', 'email', 'telegram', 'webhook'],
    endpoints: [10_000, 100_000],
    latenciesMs: [0, 50],
    rounds: 3,
    isJson: false,
  });
});

test('the smallest number of endpoints comes first', () => {
  expect(readDispatchOptions(['--endpoints', '5000,1000']).endpoints).toEqual([1_000, 5_000]);
});

test.each([
  [['--channel', 'fax'], '--channel fax'],
  [['--endpoints', '10,x'], '--endpoints 10,x'],
  [['--latency', ''], '--latency '],
  [['--rounds', '0'], '--rounds 0'],
  [['--loud'], '--loud'],
])('%j is refused by name', (args, name) => {
  expect(() => readDispatchOptions(args)).toThrow(name);
});
