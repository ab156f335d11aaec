import { parseFunctionProcess } from './function-processes.ts';

test('a function is known by the folder that its code was unpacked into', () => {
  const line =
    '  4711 node /tmp/quakewire-functions-0a1b/ministack-lambda-quakewire-local-consumer-sms-a1_b2c3d/_worker.mjs';
  expect(parseFunctionProcess(line)).toEqual({ functionName: 'quakewire-local-consumer-sms', pid: 4711 });
});

test.each(['4711 node /srv/app.mjs', '4711 python3 -m ministack', ''])('%j is no function', (line) => {
  expect(parseFunctionProcess(line)).toBeUndefined();
});
