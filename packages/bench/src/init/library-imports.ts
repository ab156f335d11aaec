import { readFileSync } from 'node:fs';

/** A name that our code imports from a library; `*` for the whole namespace. */
export interface LibraryImport {
  library: string;
  name: string;
}

/** Value imports from libraries in a source file as Biome formats it; types, Node's modules and our own are left out. */
export function libraryImportsOf(file: string): LibraryImport[] {
  const source = readFileSync(file, 'utf8');
  const found: LibraryImport[] = [];
  for (const [, clause = '', library = ''] of source.matchAll(/^import ([^;]*?) from '([^']+)';$/gms)) {
    if (/^(\.|node:|@quakewire\/)/.test(library) || clause.startsWith('type ')) continue;
    found.push(...namesIn(clause).map((name) => ({ library, name })));
  }
  return found;
}

function namesIn(clause: string): string[] {
  if (clause.includes('* as ')) return ['*'];
  const [, named] = /\{([^}]*)\}/s.exec(clause) ?? [];
  const names = (named ?? '').split(',').map((name) => name.trim());
  const values = names.filter((name) => name !== '' && !name.startsWith('type '));
  const hasDefault = !clause.trimStart().startsWith('{');
  return [...(hasDefault ? ['default'] : []), ...values.map((name) => name.split(' as ')[0] as string)];
}

/** A module that imports the same names and does nothing with them. */
export function importingModule(imports: readonly LibraryImport[]): string {
  const unique = [...new Map(imports.map((one) => [`${one.library} ${one.name}`, one])).values()];
  const lines = unique.map(({ library, name }, at) =>
    name === '*' ? `export * as n${at} from '${library}';` : `export { ${name} as n${at} } from '${library}';`,
  );
  return `${lines.join('\n')}\n`;
}

/**
 * What a function asks AWS for in its init (its secrets; a consumer also opens its connection to the tables), asked by the
 * bare libraries.
 */
export function bareHandshakes(secretIds: readonly string[], opensTables: boolean): string {
  const reads = secretIds.map((id) => `secrets.send(new GetSecretValueCommand({ SecretId: '${id}' }))`);
  if (opensTables)
    reads.push("new DynamoDBClient().send(new GetItemCommand({ TableName: 't', Key: { pk: { S: 'k' } } }))");
  if (reads.length === 0) return '';
  return `import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const secrets = new SecretsManagerClient();
await Promise.all([${reads.join(', ')}]);
`;
}
