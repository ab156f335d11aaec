import { execFile } from 'node:child_process';
import { findJavaVersion, findVersion, formatVersion, isAtLeast, type Version } from './versions.ts';

/** A tool that the machine must already have. */
export interface Requirement {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly minimum: Version;
  readonly readVersion: (output: string) => Version | undefined;
  /** What is wrong although the version is right, if anything. */
  readonly complaint?: (output: string) => string | undefined;
  readonly remedy: string;
}

/** Runs a command and answers what it wrote, or undefined when it cannot be run. */
export type RunForOutput = (command: string, args: readonly string[]) => Promise<string | undefined>;

const PYTHON_PROBE = `import sys
print("Python %d.%d.%d" % sys.version_info[:3])
try:
    import ensurepip, venv
except ImportError:
    print("no venv")`;

export const java: Requirement = {
  name: 'Java',
  command: 'java',
  args: ['-version'],
  minimum: [17, 0, 0],
  readVersion: findJavaVersion,
  remedy:
    'install a Java runtime (Debian, Ubuntu: "apt install openjdk-17-jre-headless"; macOS: "brew install openjdk@17")',
};

export const maven: Requirement = {
  name: 'Maven',
  command: 'mvn',
  args: ['-version'],
  minimum: [3, 6, 0],
  readVersion: (output) => findVersion(output, 'Apache Maven'),
  remedy: 'install it (Debian, Ubuntu: "apt install maven"; macOS: "brew install maven")',
};

export const python: Requirement = {
  name: 'Python',
  command: 'python3',
  args: ['-c', PYTHON_PROBE],
  minimum: [3, 11, 0],
  readVersion: (output) => findVersion(output, 'Python'),
  complaint: (output) =>
    output.includes('no venv')
      ? 'Python lacks its venv module: install it (Debian, Ubuntu: "apt install python3-venv")'
      : undefined,
  remedy: 'install it as "python3" (Debian, Ubuntu: "apt install python3 python3-venv"; macOS: "brew install python")',
};

export const terraform: Requirement = {
  name: 'Terraform',
  command: 'terraform',
  args: ['version'],
  minimum: [1, 11, 0],
  readVersion: (output) => findVersion(output, 'Terraform'),
  remedy: 'install it (https://developer.hashicorp.com/terraform/install)',
};

export const go: Requirement = {
  name: 'Go',
  command: 'go',
  args: ['version'],
  minimum: [1, 25, 0],
  readVersion: (output) => findVersion(output, 'go version go'),
  remedy:
    'install it (https://go.dev/doc/install); it builds the Kafka provider because the Terraform registry is not reached',
};

/** One clear sentence with the remedy for each tool that is missing or too old: all of them at once. */
export async function findMissingTools(
  requirements: readonly Requirement[],
  run: RunForOutput = runForOutput,
): Promise<string[]> {
  const sentences = await Promise.all(
    requirements.map(async (requirement) =>
      describeProblem(requirement, await run(requirement.command, requirement.args)),
    ),
  );
  return sentences.filter((sentence) => sentence !== undefined);
}

/** Throws one error with every problem; nothing has been downloaded by then. */
export async function requireTools(
  requirements: readonly Requirement[],
  run: RunForOutput = runForOutput,
): Promise<void> {
  if (process.platform === 'win32') throw new Error('The local stack runs on Linux and macOS; on Windows use WSL.');
  const problems = await findMissingTools(requirements, run);
  if (problems.length > 0) throw new MissingToolsError(problems);
}

/** Its message is for people: one sentence a line, no stack needed. */
export class MissingToolsError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'MissingToolsError';
  }
}

export function describeProblem(requirement: Requirement, output: string | undefined): string | undefined {
  const wanted = `${formatVersion(requirement.minimum)} or newer`;
  if (output === undefined) return `${requirement.name} ${wanted} is missing: ${requirement.remedy}.`;
  const version = requirement.readVersion(output);
  if (version === undefined)
    return `${requirement.name} ("${requirement.command}") does not tell its version; ${wanted} is needed: ${requirement.remedy}.`;
  if (!isAtLeast(version, requirement.minimum)) {
    return `${requirement.name} ${formatVersion(version)} is too old, ${wanted} is needed: ${requirement.remedy}.`;
  }
  const complaint = requirement.complaint?.(output);
  return complaint === undefined ? undefined : `${complaint}.`;
}

function runForOutput(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const environment = { ...process.env, CHECKPOINT_DISABLE: '1' };
    execFile(command, [...args], { env: environment, timeout: 30_000 }, (error, stdout, stderr) => {
      // A tool that runs but fails (an old python3 without the module) still answers what it wrote.
      resolve(error !== null && 'code' in error && error.code === 'ENOENT' ? undefined : `${stdout}${stderr}`);
    });
  });
}
