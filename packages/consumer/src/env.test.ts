import { readEnvironment, readSendingEnvironment } from './env.ts';

const variables = {
  QUAKEWIRE_ENVIRONMENT: 'local',
  LOG_LEVEL: 'info',
  CHANNEL: 'sms',
  ENDPOINTS_TABLE: 'endpoints',
  MAP_TABLE: 'map',
  LEDGER_TABLE: 'ledger',
  DISPATCH_TABLE: 'dispatch',
  ADDRESS_KEY_SECRET_ARN: 'arn:1',
  PROVIDER_SECRET_ARN: 'arn:2',
  PROVIDER_BASE_URL: '',
  STOP_BASE_URL: '',
  SENDER: '+15005550006',
  SES_CONFIGURATION_SET: '',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/queue',
};

test('a complete environment is read, with the provider at its own address', () => {
  expect(readSendingEnvironment('sms', variables)).toMatchObject({ SENDER: '+15005550006', PROVIDER_BASE_URL: '' });
});

test('every variable that is missing, blank or wrong is named, and no value', () => {
  const { LEDGER_TABLE: _, ...rest } = variables;
  const read = () =>
    readSendingEnvironment('sms', {
      ...rest,
      MAP_TABLE: ' ',
      PROVIDER_BASE_URL: 'secret',
      STOP_BASE_URL: 'https://',
      SENDER: '',
    });
  expect(read).toThrow(
    'MAP_TABLE is blank; LEDGER_TABLE is missing; PROVIDER_BASE_URL is not valid; STOP_BASE_URL is not valid; SENDER is blank',
  );
  expect(read).not.toThrow('secret');
});

test('a function deployed for another channel stops at its start', () => {
  expect(() => readEnvironment('telegram', variables)).toThrow('CHANNEL is not valid');
});

test('channels that send in nobody’s name need no sender', () => {
  const { SENDER: _, ...rest } = variables;
  expect(readEnvironment('webhook', { ...rest, CHANNEL: 'webhook' }).CHANNEL).toBe('webhook');
});
