import * as fc from 'fast-check';
import { findJavaVersion, findVersion, formatVersion, isAtLeast, type Version } from './versions.ts';

const version = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40));

describe('reading versions', () => {
  it.each([
    ['openjdk version "17.0.15" 2025-04-15', [17, 0, 15]],
    ['java version "1.8.0_292"', [8, 0, 0]],
    ['openjdk version "21" 2023-09-19', [21, 0, 0]],
  ])('reads Java from %j', (output, expected) => {
    expect(findJavaVersion(output)).toEqual(expected);
  });

  it.each([
    ['Python 3.11.7', 'Python', [3, 11, 7]],
    ['Terraform v1.11.4\non linux_amd64', 'Terraform', [1, 11, 4]],
    ['Apache Maven 3.8.7\nMaven home: /usr/share/maven', 'Apache Maven', [3, 8, 7]],
    ['go version go1.26.8 linux/amd64', 'go version go', [1, 26, 8]],
  ])('reads %j after its label', (output, label, expected) => {
    expect(findVersion(output, label)).toEqual(expected);
  });

  it('answers nothing for an output without a version', () => {
    expect(findVersion('command failed', 'Terraform')).toBeUndefined();
  });
});

describe('comparing versions', () => {
  it('agrees with comparing one number after the other', () => {
    const asNumber = ([major, minor, patch]: Version) => major * 10_000 + minor * 100 + patch;
    const property = fc.property(version, version, (left, right) => {
      expect(isAtLeast(left, right)).toBe(asNumber(left) >= asNumber(right));
    });
    expect(() => fc.assert(property)).not.toThrow();
  });

  it('writes only the parts that say something', () => {
    expect([formatVersion([17, 0, 0]), formatVersion([3, 11, 0]), formatVersion([1, 11, 4])]).toEqual([
      '17',
      '3.11',
      '1.11.4',
    ]);
  });
});
