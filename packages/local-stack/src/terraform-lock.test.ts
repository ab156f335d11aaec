import { withoutProviderHashes } from './terraform-lock.ts';

const block = (source: string) => `provider "registry.terraform.io/${source}" {
  version     = "1.0.0"
  constraints = "1.0.0"
  hashes = [
    "h1:abc=",
  ]
}
`;
const header = '# This file is maintained automatically by "terraform init".\n\n';

describe('the lock file of the local copy', () => {
  it('loses one provider and keeps the others, byte for byte', () => {
    const lock = `${header}${block('hashicorp/aws')}\n${block('mongey/kafka')}\n${block('hashicorp/random')}`;
    expect(withoutProviderHashes(lock, 'mongey/kafka')).toBe(
      `${header}${block('hashicorp/aws')}\n${block('hashicorp/random')}`,
    );
  });

  it('stays as it is without that provider', () => {
    expect(withoutProviderHashes(header + block('hashicorp/aws'), 'mongey/kafka')).toBe(
      header + block('hashicorp/aws'),
    );
  });

  it('is empty when there was none', () => {
    expect(withoutProviderHashes('', 'mongey/kafka')).toBe('');
  });
});
