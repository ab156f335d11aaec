import type { MemoryUse, Stack } from './start-stack.ts';

/** How to reach each part, for a person at a terminal: addresses, then variables to export. */
export function describeStack(stack: Stack): string {
  const { urls, kafka, environment } = stack;
  const rows: readonly (readonly [string, string])[] = [
    ['AWS (gateway)', urls.gateway],
    ['AWS emulator alone', urls.emulator],
    ['DynamoDB alone', urls.tables],
    ['Kafka (SASL/PLAIN)', kafka.bootstrapServers],
    ...[kafka.producer, kafka.ingest, kafka.mapping, kafka.admin].map(
      (user) => [`  user ${user.username}`, user.password] as const,
    ),
    ...Object.entries(urls.sinks).map(
      ([name, url]) => [name === 'control' ? 'sinks, control' : `sink ${name}`, url] as const,
    ),
    ['data and logs', stack.dataFolder],
    ['memory', describeMemory(stack.memoryUse())],
  ];
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  return `${rows.map(([name, value]) => `  ${name.padEnd(20)} ${value}`).join('\n')}

In another terminal, for Terraform, scripts and clients:

${exports.join('\n')}
`;
}

export function describeMemory({ totalBytes, byPartBytes }: MemoryUse): string {
  const mib = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;
  const parts = Object.entries(byPartBytes).map(([name, bytes]) => `${name} ${mib(bytes)}`);
  return `${mib(totalBytes)} (${parts.join(', ')})`;
}
