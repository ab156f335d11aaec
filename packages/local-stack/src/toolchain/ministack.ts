import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pinMark } from './digests.ts';
import type { Tool } from './install-tool.ts';
import { type Installers, pinFile } from './installers.ts';

/**
 * MiniStack in a Python environment of its own. pip itself refuses whatever differs from the pinned hashes. Only its
 * interpreter is used later (`python -m ministack`): unlike the scripts beside it, that survives the renaming of the folder.
 */
export function ministack(installers: Installers): Tool {
  const requirements = pinFile('ministack/requirements.txt');
  return {
    title: 'MiniStack 1.5.33',
    folderName: `ministack-1.5.33-${pinMark(requirements)}`,
    async install(folder) {
      await installers.run('python3', ['-m', 'venv', folder]);
      await installers.run(ministackPython(folder), [
        ...[
          '-m',
          'pip',
          'install',
          '--quiet',
          '--disable-pip-version-check',
          '--only-binary=:all:',
          '--require-hashes',
        ],
        ...['--requirement', requirements],
      ]);
    },
    // The interpreter is a link to the machine's Python: it dangles after that one was removed.
    verify: async (folder) => (existsSync(ministackPython(folder)) ? [] : ['its Python interpreter is missing']),
  };
}

export function ministackPython(folder: string): string {
  return join(folder, 'bin', 'python3');
}
