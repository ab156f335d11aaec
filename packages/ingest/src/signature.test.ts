import fc from 'fast-check';
import { digestOf, isSigned, readClaim, signedHeaders } from './signature.ts';

const secret = Buffer.alloc(32, 7);
const body = Buffer.from('{"a":1}');
const signed = { id: 'msg_1', timestampSeconds: 1_700_000_000 };
const claimOf = (headers: Record<string, string>) => {
  const claim = readClaim(headers);
  if (!claim) throw new Error('no claim');
  return claim;
};

describe('signatures', () => {
  it('are those of the Standard Webhooks specification', () => {
    // The vector of its own reference libraries.
    const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');
    const vector = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestampSeconds: 1614265330 };
    const { 'webhook-signature': signature } = signedHeaders('k', key, vector, Buffer.from('{"test": 2432232314}'));
    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('are found among several, so that a sender can change its key without a gap', () => {
    const headers = signedHeaders('k', secret, signed, body);
    const two = { ...headers, 'webhook-signature': `v1,AAAA v2,x ${headers['webhook-signature']}` };
    expect(isSigned(claimOf(two), digestOf(secret, signed, body))).toBe(true);
  });

  it.each(['quakewire-key', 'webhook-id', 'webhook-timestamp', 'webhook-signature'])('need the header %s', (name) => {
    expect(readClaim({ ...signedHeaders('k', secret, signed, body), [name]: undefined })).toBeUndefined();
  });

  it('hold for these bytes, this id and this time only', () => {
    const claim = claimOf(signedHeaders('k', secret, signed, body));
    expect(isSigned(claim, digestOf(secret, claim, body))).toBe(true);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(100), fc.nat({ max: 2_000_000_000 }), (bytes, n, time) => {
        const other = { id: `msg_${n}`, timestampSeconds: time };
        const isSame = Buffer.compare(bytes, body) === 0 && other.id === signed.id && time === signed.timestampSeconds;
        return isSame === isSigned(claim, digestOf(secret, other, bytes));
      }),
    );
  });
});
