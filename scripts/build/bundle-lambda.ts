import { build, type Metafile } from 'esbuild';

export interface Bundle {
  /** The whole function in one ES module. */
  code: Uint8Array;
  /** The files of which something is left in it once unused code is dropped, relative to the checkout. */
  inputs: string[];
}

/** CommonJS libraries ask for Node's own modules by `require`, which an ES module does not have. */
const REQUIRE = "import{createRequire as r}from'node:module';const require=r(import.meta.url);";

const NEVER_BUNDLED = [
  // Native speed-ups that `ws` tries to load: a bundle must not depend on whether the machine that built it has them.
  'bufferutil',
  'utf-8-validate',
  // Where a developer's or a server's credentials come from. The SDK loads them only when the environment holds none;
  // Lambda always puts them there. Without them a function is a quarter smaller and starts faster.
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

/** `node-fetch` (in telegraf) takes Node's own URL where there is one; 290 kB of tables for the other case stay out. */
const REPLACED = { 'whatwg-url': 'node:url' };

/** Bundles one entry point with everything it imports, the AWS SDK included. */
export async function bundleLambda(entry: string, rootFolder: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: rootFolder,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: REQUIRE },
    external: NEVER_BUNDLED,
    alias: REPLACED,
    legalComments: 'none',
    metafile: true,
    write: false,
    outfile: 'index.mjs',
    logLevel: 'warning',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  return { code: output.contents, inputs: filesIn(metafile) };
}

const filesIn = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
