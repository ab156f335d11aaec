import { join } from 'node:path';
import type { Tool } from './install-tool.ts';
import type { Installers } from './installers.ts';
import { checkSeal, sealFiles } from './sealed-files.ts';

const VERSION = '3.2.0';

/** The fast table server, built from a crate whose lock file (`--locked`) holds the checksum of every source. */
export function dynoxide(installers: Installers): Tool {
  return {
    title: `dynoxide ${VERSION} (table server, about 2 minutes to build)`,
    folderName: `dynoxide-${VERSION}`,
    async install(folder) {
      await installers.run('cargo', [
        ...['install', 'dynoxide-rs', '--version', VERSION, '--locked', '--no-track', '--root', folder],
        ...['--no-default-features', '--features', 'native-sqlite,http-server,cli'],
      ]);
      await sealFiles(folder, ['bin/dynoxide']);
    },
    verify: checkSeal,
  };
}

export function dynoxideProgram(folder: string): string {
  return join(folder, 'bin', 'dynoxide');
}
