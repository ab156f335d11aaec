import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../folders.ts';
import { terraformCliConfig } from './terraform-cli-config.ts';
import { awsProvider, kafkaProvider } from './terraform-providers.ts';

const rootsThatAskFor = (source: string, version: string) => {
  const folder = join(projectFolder, 'terraform');
  const wanted = new RegExp(`source\\s*=\\s*"${source}"\\s*version\\s*=\\s*"(.+)"`, 'i');
  const versions = readdirSync(folder).flatMap((root) => {
    try {
      return wanted.exec(readFileSync(join(folder, root, 'versions.tf'), 'utf8'))?.[1] ?? [];
    } catch {
      return []; // not a root
    }
  });
  return versions.filter((asked) => asked === version).length === versions.length ? versions.length : -1;
};

describe('the pinned Terraform providers', () => {
  it.each([
    [awsProvider.source, awsProvider.version],
    [kafkaProvider.source, kafkaProvider.version],
  ])('%s is brought in exactly the version %s that every root asks for', (source, version) => {
    expect(rootsThatAskFor(source, version)).toBeGreaterThan(0);
  });

  it('come from their mirrors only, and everything else directly', () => {
    const config = terraformCliConfig([
      { provider: awsProvider, mirror: '/mirrors/found' },
      { provider: kafkaProvider, mirror: '/cache/built' },
    ]);
    expect(config).toContain('path    = "/mirrors/found"\n    include = ["registry.terraform.io/hashicorp/aws"]');
    expect(config).toContain('path    = "/cache/built"\n    include = ["registry.terraform.io/mongey/kafka"]');
    expect(config).toContain('exclude = ["registry.terraform.io/hashicorp/aws", "registry.terraform.io/mongey/kafka"]');
  });
});
