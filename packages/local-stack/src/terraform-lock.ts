/** A `.terraform.lock.hcl` without the block of one provider (`namespace/type`, any registry host); the rest is kept as it is. */
export function withoutProviderHashes(lock: string, source: string): string {
  const blocks = lock.split(/^(?=provider ")/m);
  return blocks.filter((block) => !new RegExp(`^provider "[^"]*/${source}"`, 'i').test(block)).join('');
}
