import { UnusableSnapshotError } from './snapshot-error.ts';

const shape = /^infra\/([a-z][a-z0-9]{1,11})\/(\d{8}T\d{6}Z)-(\d+)$/;

/** All snapshots of an environment begin with this. */
export const snapshotPrefix = (environment: string): string => `infra/${environment}/`;

/** `infra/<environment>/<UTC time>-<serial of the pipeline's state>`: names in their order are snapshots in their order. */
export function snapshotName(environment: string, takenAtMs: number, serial: number): string {
  const time = new Date(takenAtMs)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
  return `${snapshotPrefix(environment)}${time}-${serial}`;
}

/** @throws {UnusableSnapshotError} When it is no snapshot's name, or another environment's. */
export function requireSnapshotName(name: string, environment: string): string {
  const [, ofEnvironment] = shape.exec(name) ?? [];
  if (ofEnvironment === undefined)
    throw new UnusableSnapshotError(`${name} is no snapshot: a name is infra/${environment}/<UTC time>-<serial>.`);
  if (ofEnvironment !== environment)
    throw new UnusableSnapshotError(`${name} is a snapshot of ${ofEnvironment}, not of ${environment}.`);
  return name;
}
