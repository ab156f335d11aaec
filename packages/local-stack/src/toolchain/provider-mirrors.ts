import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const REGISTRY_HOST = 'registry.terraform.io';

/** A Terraform provider and the one version that the roots ask for. */
export interface ProviderPin {
  /** `namespace/type`, in lower case as in a mirror's folders. */
  readonly source: string;
  readonly version: string;
}

/** Where to look: a folder, and how many levels below it a mirror may begin. */
interface SearchPlace {
  readonly folder: string;
  readonly levels: number;
}

/** Go's name of this platform, as in a mirror's folders. */
export function terraformPlatform(platform = process.platform, architecture = process.arch): string {
  return `${platform}_${architecture === 'x64' ? 'amd64' : architecture}`;
}

/** The provider's unpacked folder below a mirror. */
export function providerFolder(mirror: string, provider: ProviderPin): string {
  return join(mirror, REGISTRY_HOST, provider.source, provider.version, terraformPlatform());
}

/** The full source address, as the CLI configuration names it. */
export function sourceAddress(provider: ProviderPin): string {
  return `${REGISTRY_HOST}/${provider.source}`;
}

/** The first local mirror that holds exactly this version for this platform, unpacked or packed; undefined when there is none. */
export function findLocalMirror(
  provider: ProviderPin,
  places: readonly SearchPlace[] = usualPlaces(),
): string | undefined {
  for (const { folder, levels } of places) {
    for (const mirror of mirrorsBelow(folder, levels)) {
      if (holds(mirror, provider)) return mirror;
    }
  }
  return undefined;
}

/** Terraform's own implied mirrors first, then where machines without a registry usually keep one. */
function usualPlaces(): SearchPlace[] {
  const dataHome = process.env.XDG_DATA_HOME?.trim() || join(homedir(), '.local/share');
  return [
    { folder: join(homedir(), '.terraform.d/plugins'), levels: 0 },
    { folder: join(dataHome, 'terraform/plugins'), levels: 0 },
    { folder: '/usr/local/share', levels: 3 },
    { folder: '/opt', levels: 3 },
    { folder: '/usr/share', levels: 2 },
  ];
}

function holds(mirror: string, provider: ProviderPin): boolean {
  const [, type] = provider.source.split('/');
  const packed = `terraform-provider-${type}_${provider.version}_${terraformPlatform()}.zip`;
  return (
    existsSync(providerFolder(mirror, provider)) || existsSync(join(mirror, REGISTRY_HOST, provider.source, packed))
  );
}

function* mirrorsBelow(folder: string, levels: number): Generator<string> {
  if (existsSync(join(folder, REGISTRY_HOST))) yield folder;
  if (levels === 0) return;
  for (const child of subfolders(folder)) yield* mirrorsBelow(join(folder, child), levels - 1);
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== REGISTRY_HOST)
      .map((entry) => entry.name);
  } catch {
    return []; // not there, or not ours to read
  }
}
