import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { checkPinnedFiles, parseLockList, pinMark } from './digests.ts';
import type { Tool } from './install-tool.ts';
import { type Installers, pinFile } from './installers.ts';

/** Apache Kafka's jars, brought by Maven; each is checked against jars.lock at every start (about 70 ms). */
export function kafkaJars(installers: Installers): Tool {
  const lockFile = pinFile('kafka/jars.lock');
  // The list has paths of a Maven repository; here the jars lie side by side.
  const pinned = parseLockList(readFileSync(lockFile, 'utf8')).map((file) => ({ ...file, name: basename(file.name) }));
  return {
    title: 'Apache Kafka 4.3.1',
    folderName: `kafka-4.3.1-${pinMark(lockFile)}`,
    install: (folder) =>
      installers.run('mvn', [
        ...['--quiet', '--batch-mode', '--no-transfer-progress', '--file', pinFile('kafka/pom.xml')],
        ...['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`],
      ]),
    verify: (folder) => checkPinnedFiles(folder, pinned),
  };
}
