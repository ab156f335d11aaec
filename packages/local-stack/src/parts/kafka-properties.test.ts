import { kafkaProperties } from './kafka-properties.ts';

const settings = {
  port: 9094,
  internalPort: 9092,
  controllerPort: 9093,
  users: [
    { username: 'producer', password: 'p-1' },
    { username: 'mapping', password: 'p_2' },
  ],
  dataFolder: '/data',
};

describe("the broker's properties", () => {
  it('listen on this machine only', () => {
    const lines = kafkaProperties(settings).split('\n');
    const hosts = lines
      .filter((line) => /listeners=|voters=/.test(line))
      .flatMap((line) => line.match(/(?<=\/\/|@)[^:]+(?=:\d)/g) ?? []);
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1']));
    expect(hosts).toHaveLength(6);
  });

  it('let in each user with SASL/PLAIN', () => {
    expect(kafkaProperties(settings)).toContain(
      'listener.name.sasl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_producer="p-1" user_mapping="p_2";\n',
    );
  });

  it('refuse a password that would break out of its quotes', () => {
    expect(() => kafkaProperties({ ...settings, users: [{ username: 'a', password: 'x"y' }] })).toThrow(
      /letters, digits/,
    );
  });
});
