import { sourceAddress } from './provider-mirrors.ts';
import type { MirroredProvider } from './terraform-providers.ts';

/** Terraform's CLI configuration: each provider from its own local mirror and nowhere else, anything further directly. */
export function terraformCliConfig(mirrored: readonly MirroredProvider[]): string {
  const addresses = mirrored.map(({ provider }) => JSON.stringify(sourceAddress(provider)));
  const mirrors = mirrored.map(
    ({ mirror }, index) => `  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = [${addresses[index]}]
  }`,
  );
  return `disable_checkpoint = true

provider_installation {
${mirrors.join('\n')}
  direct {
    exclude = [${addresses.join(', ')}]
  }
}
`;
}
