import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleLambda } from './bundle-lambda.ts';
import type { Lambda } from './lambdas.ts';
import { zipBundle } from './zip-bundle.ts';

export interface BuiltZip {
  name: string;
  zip: Uint8Array;
  /** SHA-256 of the zip, in the two forms that its key and Terraform want. */
  sha256Hex: string;
  sha256Base64: string;
  bundleBytes: number;
  budgetBytes: number;
}

/** Builds every function's zip and writes `<name>.zip` and `manifest.json` into `outputFolder`. */
export async function buildZips(
  lambdas: readonly Lambda[],
  rootFolder: string,
  outputFolder: string,
): Promise<BuiltZip[]> {
  const built = await Promise.all(lambdas.map((lambda) => buildZip(lambda, rootFolder)));
  mkdirSync(outputFolder, { recursive: true });
  for (const { name, zip } of built) writeFileSync(join(outputFolder, `${name}.zip`), zip);
  writeFileSync(join(outputFolder, 'manifest.json'), manifestOf(built));
  return built;
}

async function buildZip({ name, entry, budgetBytes }: Lambda, rootFolder: string): Promise<BuiltZip> {
  const { code } = await bundleLambda(entry, rootFolder);
  const zip = zipBundle(code);
  const sha256 = createHash('sha256').update(zip).digest();
  return {
    name,
    zip,
    sha256Hex: sha256.toString('hex'),
    sha256Base64: sha256.toString('base64'),
    bundleBytes: code.byteLength,
    budgetBytes,
  };
}

/** What was built, without a time or a path: the same sources give the same manifest. */
function manifestOf(built: readonly BuiltZip[]): string {
  const entries = built.map(({ name, zip, sha256Hex, bundleBytes }) => [
    name,
    { bundleBytes, sha256: sha256Hex, zipBytes: zip.byteLength },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
