import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { installTool, type Tool } from './install-tool.ts';
import { checkSeal, sealFiles } from './sealed-files.ts';

const setUp = (content = 'the program', install?: (folder: string) => Promise<void>) => {
  const cacheFolder = temporaryFolder();
  const lines: string[] = [];
  let installations = 0;
  const tool: Tool = {
    title: 'Tool 1.0',
    folderName: 'tool-1.0',
    async install(folder) {
      installations += 1;
      await writeFile(join(folder, 'program'), content);
      await sealFiles(folder, ['program']);
      await install?.(folder);
    },
    verify: checkSeal,
  };
  const context = { cacheFolder, log: (line: string) => lines.push(line) };
  return { tool, context, cacheFolder, lines, installations: () => installations };
};

describe('installing a tool into the cache', () => {
  it('installs once, says so, and finds it at the second time', async () => {
    const { tool, context, cacheFolder, lines, installations } = setUp();
    expect(await installTool(tool, context)).toBe(join(cacheFolder, 'tool-1.0'));
    expect(await installTool(tool, context)).toBe(join(cacheFolder, 'tool-1.0'));
    expect(installations()).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(/^Tool 1\.0: installing/),
      expect.stringMatching(/^Tool 1\.0: installed in \d+\.\d s$/),
    ]);
  });

  it('lets a second run at the same time wait instead of installing twice', async () => {
    const { tool, context, installations } = setUp();
    const folders = await Promise.all([installTool(tool, context), installTool(tool, context)]);
    expect(folders[0]).toBe(folders[1]);
    expect(installations()).toBe(1);
  });

  it('leaves nothing behind when the installation fails', async () => {
    const { tool, context, cacheFolder } = setUp('x', () => Promise.reject(new Error('no network')));
    await expect(installTool(tool, context)).rejects.toThrow('no network');
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  it('refuses what is not as pinned, before it can be used', async () => {
    const { tool, context, cacheFolder } = setUp('x', (folder) =>
      writeFile(join(folder, 'program'), 'changed on the way'),
    );
    await expect(installTool(tool, context)).rejects.toThrow(
      /Tool 1\.0 is not what is pinned, nothing of it was used: program has SHA-256/,
    );
    expect(existsSync(join(cacheFolder, 'tool-1.0'))).toBe(false);
  });

  it('installs anew when a file in the cache was changed later', async () => {
    const { tool, context, lines, installations } = setUp();
    const folder = await installTool(tool, context);
    writeFileSync(join(folder, 'program'), 'something else');
    await installTool(tool, context);
    expect(installations()).toBe(2);
    expect(await checkSeal(folder)).toEqual([]);
    expect(lines[2]).toMatch(/^Tool 1\.0: not as pinned \(program has SHA-256 .*\), installing anew$/);
  });
});
