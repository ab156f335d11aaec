import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pinMark } from './digests.ts';
import { installTool, type Tool } from './install-tool.ts';
import { type Installers, pinFile } from './installers.ts';
import { go, requireTools } from './preflight.ts';
import { findLocalMirror, type ProviderPin, providerFolder } from './provider-mirrors.ts';
import { checkSeal, sealFiles } from './sealed-files.ts';

/** The versions that the Terraform roots ask for (a test compares them with the roots). */
export const awsProvider: ProviderPin = { source: 'hashicorp/aws', version: '5.100.0' };
export const kafkaProvider: ProviderPin = { source: 'mongey/kafka', version: '0.13.1' };

/** A provider and the folder (a `filesystem_mirror`) that holds it. */
export interface MirroredProvider {
  readonly provider: ProviderPin;
  readonly mirror: string;
}

/** Finds both providers on this machine or brings them into the cache, so that later runs need no network. */
export async function bringTerraformProviders(installers: Installers): Promise<MirroredProvider[]> {
  return [
    { provider: awsProvider, mirror: await bringAwsProvider(installers) },
    { provider: kafkaProvider, mirror: await bringKafkaProvider(installers) },
  ];
}

async function bringAwsProvider(installers: Installers): Promise<string> {
  const local = findLocalMirror(awsProvider);
  if (local !== undefined) return local;
  const folder = await installTool(fromRegistry(awsProvider, installers), installers).catch((cause: unknown) => {
    const wanted = `hashicorp/aws ${awsProvider.version}`;
    throw new Error(
      `The Terraform provider ${wanted} is neither in a local mirror nor in reach: connect to the Terraform registry once.`,
      { cause },
    );
  });
  return mirrorOf(folder);
}

async function bringKafkaProvider(installers: Installers): Promise<string> {
  const local = findLocalMirror(kafkaProvider);
  if (local !== undefined) return local;
  const build = builtKafkaProvider(installers);
  const wasBuilt = existsSync(join(installers.cacheFolder, build.folderName));
  if (!wasBuilt) {
    try {
      return mirrorOf(await installTool(fromRegistry(kafkaProvider, installers), installers));
    } catch {
      installers.log(
        'The Terraform registry is not reached: building the Kafka provider from its pinned sources instead',
      );
      await requireTools([go]);
    }
  }
  return mirrorOf(await installTool(build, installers));
}

/** `terraform init` leaves what it downloaded, checked against the registry's signed hashes, in the layout of a mirror. */
function fromRegistry(provider: ProviderPin, installers: Installers): Tool {
  return {
    title: `Terraform provider ${provider.source} ${provider.version}`,
    folderName: `terraform-provider-${provider.source.replace('/', '-')}-${provider.version}`,
    async install(folder) {
      const request = join(folder, 'request');
      await mkdir(request);
      const wanted = { wanted: { source: provider.source, version: provider.version } };
      await writeFile(join(request, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: wanted } }));
      await installers.run('terraform', ['init', '-backend=false', '-input=false', '-no-color'], {
        workingFolder: request,
        environment: { TF_DATA_DIR: folder, CHECKPOINT_DISABLE: '1' },
      });
    },
    verify: async (folder) =>
      existsSync(providerFolder(mirrorOf(folder), provider)) ? [] : ['the provider is missing'],
  };
}

/** Built from a committed go.mod and go.sum: Go refuses any module whose hash differs. */
function builtKafkaProvider(installers: Installers): Tool {
  const goMod = pinFile('terraform-provider-kafka/go.mod');
  const program = `terraform-provider-kafka_v${kafkaProvider.version}`;
  return {
    title: `Terraform provider ${kafkaProvider.source} ${kafkaProvider.version} (about 2 minutes to build)`,
    folderName: `terraform-provider-kafka-built-${kafkaProvider.version}-${pinMark(pinFile('terraform-provider-kafka/go.sum'))}`,
    async install(folder) {
      const target = providerFolder(mirrorOf(folder), kafkaProvider);
      await installers.run(
        'go',
        [
          'build',
          '-trimpath',
          '-buildvcs=false',
          '-ldflags',
          '-s -w',
          '-o',
          join(target, program),
          'github.com/Mongey/terraform-provider-kafka',
        ],
        {
          workingFolder: join(goMod, '..'),
          environment: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' },
        },
      );
      await sealFiles(folder, [join(target, program).slice(folder.length + 1)]);
    },
    verify: checkSeal,
  };
}

function mirrorOf(toolFolder: string): string {
  return join(toolFolder, 'providers');
}
