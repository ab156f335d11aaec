import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Special-purpose networks (IANA registries for RFC 6890): none of them is a subscriber's server. */
const specialIpv4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;
/** Within 2000::/3, the only global unicast space: Teredo and other protocol assignments, documentation, 6to4. */
const specialIpv6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [network, prefix] of specialIpv4) special.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of specialIpv6) special.addSubnet(network, prefix, 'ipv6');
const globalIpv6 = new BlockList();
globalIpv6.addSubnet('2000::', 3, 'ipv6');
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const familyOf = (ip: string) => (isIP(ip) === 6 ? 'ipv6' : 'ipv4');

/** Whether this IP address is a public server's: not of this machine, this network or a cloud's own services. */
export const isPublicIp = (ip: string): boolean => {
  const family = familyOf(ip);
  return !special.check(ip, family) && (family === 'ipv4' || globalIpv6.check(ip, family));
};

export const isLoopbackIp = (ip: string): boolean => loopback.check(ip, familyOf(ip));

export const privateAddressCode = 'PRIVATE_ADDRESS';

/**
 * Resolves a host name to its allowed addresses only. It is the connection's own resolution, so that a name cannot
 * change between a check and the connection. Fails with the code `PRIVATE_ADDRESS` when none is allowed.
 */
export const createGuardedLookup =
  (isAllowed: (ip: string) => boolean): LookupFunction =>
  (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const allowed = found.filter(({ address }) => isAllowed(address));
      const [first] = allowed;
      if (!first) return callback(Object.assign(new Error('not a public address'), { code: privateAddressCode }), []);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
