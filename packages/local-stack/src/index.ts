export { cacheFolder, defaultDataFolder, projectFolder } from './folders.ts';
export { createProcesses, type Processes, type ProcessSpec } from './processes/create-processes.ts';
export { onInterrupt } from './processes/on-interrupt.ts';
export { runCommand } from './processes/run-command.ts';
export { STACK_PORTS, type StackPorts } from './stack-ports.ts';
export { type MemoryUse, type Stack, type StackOptions, startStack } from './start-stack.ts';
export { type TerraformOptions, type TerraformResult, terraform } from './terraform.ts';
export { MissingToolsError } from './toolchain/preflight.ts';
