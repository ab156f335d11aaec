import { resolve } from 'node:path';
import { helpText, readArguments } from './read-arguments.ts';
import { STACK_PORTS } from './stack-ports.ts';

describe("npm run stack's arguments", () => {
  it('leaves every port free unless given', () => {
    expect(readArguments([])).toEqual({ kind: 'start', options: { ports: {} } });
  });

  it('takes ports and a data folder', () => {
    expect(readArguments(['--port-kafka-internal', '19092', '--port-sms=8101', '--data-folder', 'somewhere'])).toEqual({
      kind: 'start',
      options: { ports: { kafkaInternal: 19092, sms: 8101 }, dataFolder: resolve('somewhere') },
    });
  });

  it.each([
    [['--port-kafka', '0'], '--port-kafka must be from 1 to 65535.'],
    [['--port-kafka', '65536'], '--port-kafka must be from 1 to 65535.'],
    [['--port-kafka', '80a'], '--port-kafka must be from 1 to 65535.'],
    [['--port-cafka', '80'], "Unknown option '--port-cafka' (see --help)"],
  ])('refuses %j in one line', (args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });

  it('explains every port in the help', () => {
    expect(readArguments(['--help'])).toEqual({ kind: 'help' });
    expect(helpText().match(/--port-/g)).toHaveLength(STACK_PORTS.length);
  });
});
