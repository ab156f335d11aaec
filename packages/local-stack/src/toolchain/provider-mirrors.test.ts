import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { findLocalMirror, providerFolder, sourceAddress, terraformPlatform } from './provider-mirrors.ts';

const aws = { source: 'hashicorp/aws', version: '5.100.0' };

describe('looking for a local provider mirror', () => {
  it('finds an unpacked provider some levels deep', () => {
    const place = temporaryFolder();
    const mirror = join(place, 'a/b');
    mkdirSync(providerFolder(mirror, aws), { recursive: true });
    expect(findLocalMirror(aws, [{ folder: place, levels: 2 }])).toBe(mirror);
  });

  it('finds a packed provider', () => {
    const mirror = temporaryFolder();
    const folder = join(mirror, 'registry.terraform.io/hashicorp/aws');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `terraform-provider-aws_5.100.0_${terraformPlatform()}.zip`), '');
    expect(findLocalMirror(aws, [{ folder: mirror, levels: 0 }])).toBe(mirror);
  });

  it('takes no other version, and looks no deeper than told', () => {
    const place = temporaryFolder();
    mkdirSync(providerFolder(join(place, 'a/b/c'), aws), { recursive: true });
    mkdirSync(providerFolder(place, { ...aws, version: '5.99.0' }), { recursive: true });
    expect(findLocalMirror(aws, [{ folder: place, levels: 2 }])).toBeUndefined();
  });

  it('goes on where a place does not exist', () => {
    expect(findLocalMirror(aws, [{ folder: join(temporaryFolder(), 'none'), levels: 3 }])).toBeUndefined();
  });

  it('names platforms as Terraform does', () => {
    expect([terraformPlatform('linux', 'x64'), terraformPlatform('darwin', 'arm64')]).toEqual([
      'linux_amd64',
      'darwin_arm64',
    ]);
  });

  it('writes the full source address', () => {
    expect(sourceAddress(aws)).toBe('registry.terraform.io/hashicorp/aws');
  });
});
