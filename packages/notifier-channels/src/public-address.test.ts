import fc from 'fast-check';
import { createGuardedLookup, isLoopbackIp, isPublicIp } from './public-address.ts';

describe('an IP address', () => {
  it.each(['8.8.8.8', '193.0.6.139', '2a00:1450:4001::1', '2606:4700::1'])('%s is a public one', (ip) => {
    expect(isPublicIp(ip)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.100.100.200',
    '127.0.0.1',
    '169.254.169.254',
    '169.254.170.2',
    '172.31.255.255',
    '192.168.1.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:a00:1::1',
  ])('%s is not', (ip) => {
    expect(isPublicIp(ip)).toBe(false);
  });
});

it('no loopback address is public', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 24 - 1 }), (host) => {
      const ip = `127.${host >> 16}.${(host >> 8) & 255}.${host & 255}`;
      expect([isLoopbackIp(ip), isPublicIp(ip)]).toEqual([true, false]);
    }),
  );
});

describe('the resolution of a host name', () => {
  const resolve = (hostname: string, all: boolean, isAllowed: (ip: string) => boolean) =>
    new Promise<unknown>((done) =>
      createGuardedLookup(isAllowed)(hostname, { all }, (error, address, family) =>
        done(error ? { code: error.code } : { address, family }),
      ),
    );

  it('fails when no address of the name is allowed', async () => {
    expect(await resolve('localhost', true, isPublicIp)).toEqual({ code: 'PRIVATE_ADDRESS' });
    expect(await resolve('localhost', false, isPublicIp)).toEqual({ code: 'PRIVATE_ADDRESS' });
  });

  it('gives the allowed addresses, one or all as it is asked', async () => {
    const onlyIpv4 = (ip: string) => ip === '127.0.0.1';
    expect(await resolve('localhost', false, onlyIpv4)).toEqual({ address: '127.0.0.1', family: 4 });
    expect(await resolve('localhost', true, onlyIpv4)).toEqual({
      address: [{ address: '127.0.0.1', family: 4 }],
      family: undefined,
    });
  });
});
