import { readEnvironment } from './env.ts';

const variables = {
  QUAKEWIRE_ENVIRONMENT: 'local',
  LOG_LEVEL: 'info',
  ENDPOINTS_TABLE: 'quakewire-local-endpoints',
  MAP_TABLE: 'quakewire-local-map',
  DISPATCH_TABLE: 'quakewire-local-dispatch',
  CHANNELS: 'sms,email',
};

describe('the segmenter environment', () => {
  it('reads the channels as a list', () => {
    expect(readEnvironment(variables).CHANNELS).toEqual(['sms', 'email']);
  });

  it('names every variable that is missing, blank or wrong, and no value', () => {
    const wrong = { ...variables, CHANNELS: 'sms,pigeon', MAP_TABLE: ' ', ENDPOINTS_TABLE: undefined };
    expect(() => readEnvironment(wrong)).toThrow(
      /^(?!.*pigeon)(?=.*ENDPOINTS_TABLE is missing)(?=.*MAP_TABLE is blank)(?=.*CHANNELS)/,
    );
  });
});
