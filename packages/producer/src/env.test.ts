import { readEnvironment } from './env.ts';

const complete = {
  QUAKEWIRE_ENVIRONMENT: 'local',
  LOG_LEVEL: 'info',
  EARTHQUAKES_TABLE: 'e',
  DISPATCH_TABLE: 'd',
  MAP_TABLE: 'm',
  LEDGER_TABLE: 'l',
  KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9092',
  KAFKA_TLS: 'false',
  KAFKA_SECRET_ARN: 'arn',
  CHANNELS: 'sms,email',
  USGS_FEED_URL: 'http://127.0.0.1:8080/all_hour.geojson',
  USGS_EVENT_URL: 'http://127.0.0.1:8080/query',
  EMSC_WEBSOCKET_URL: 'ws://127.0.0.1:8080/socket',
  EMSC_EVENT_URL: 'http://127.0.0.1:8080/query',
  INFP_STREAM_URL: '',
  FEED_HOSTS: '127.0.0.1:8080',
  ALERT_FILES_BUCKET: 'alert-files',
  ALERT_FILES_URL: 'https://alerts.quakewire.example',
  CAP_SENDER: 'alerts@quakewire.example',
  CAP_SENDER_NAME: 'Test Institute',
  PUBLIC_CHATS: '{}',
  TELEGRAM_SECRET_ARN: 'arn',
  TELEGRAM_BASE_URL: '',
  LOOP_SECONDS: '840',
};

describe('the environment', () => {
  it('is read once, with types', () => {
    expect(readEnvironment(complete)).toMatchObject({
      CHANNELS: ['sms', 'email'],
      KAFKA_TLS: false,
      LOOP_SECONDS: 840,
    });
  });

  it('has INFP off unless it is given an address', () => {
    expect(readEnvironment(complete).feeds.infp).toBeUndefined();
    const stream = 'http://127.0.0.1:8080/stream';
    expect(readEnvironment({ ...complete, INFP_STREAM_URL: stream }).feeds.infp).toEqual({ stream: new URL(stream) });
  });

  it('names everything that is missing or wrong at once, without values', () => {
    const wrong = {
      ...complete,
      KAFKA_TLS: 'perhaps',
      LOOP_SECONDS: ' ',
      CHANNELS: 'sms,pigeon',
      MAP_TABLE: undefined,
    };
    const read = () => readEnvironment(wrong);
    for (const name of ['KAFKA_TLS', 'LOOP_SECONDS is blank', 'CHANNELS', 'MAP_TABLE is missing'])
      expect(read).toThrow(name);
    expect(read).not.toThrow(/perhaps|pigeon/);
  });

  it('refuses a feed whose host is not allowed, without saying it', () => {
    for (const variable of [
      'USGS_FEED_URL',
      'USGS_EVENT_URL',
      'EMSC_WEBSOCKET_URL',
      'EMSC_EVENT_URL',
      'INFP_STREAM_URL',
    ]) {
      const read = () => readEnvironment({ ...complete, [variable]: 'https://elsewhere.example/feed' });
      expect(read).toThrow(`the host of ${variable} is not in FEED_HOSTS`);
      expect(read).not.toThrow(/elsewhere/);
    }
  });

  it('refuses what is no address', () => {
    expect(() => readEnvironment({ ...complete, EMSC_WEBSOCKET_URL: 'socket' })).toThrow(
      'EMSC_WEBSOCKET_URL is not an address',
    );
  });
});
