import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { mappingSchema } from './mapping.ts';

/** What outlives the gateway: without it Terraform would make everything again after a restart. */
const gatewayStateSchema = z.strictObject({
  schema: z.literal(1),
  mappings: z.record(z.string(), mappingSchema),
  /** Tables with point-in-time recovery on, and since when (seconds since the epoch). */
  continuousBackups: z.record(
    z.string(),
    z.strictObject({ enabledAtSeconds: z.number(), recoveryPeriodInDays: z.number() }),
  ),
  /** Parameters of the last put of each alarm, by its name. */
  alarms: z.record(z.string(), z.record(z.string(), z.string())),
});
export type GatewayState = z.infer<typeof gatewayStateSchema>;

export interface StateFile {
  current(): GatewayState;
  /** Replaces parts of the state; resolves when it is on disk. */
  change(update: (state: GatewayState) => Partial<GatewayState>): Promise<void>;
}

const empty: GatewayState = { schema: 1, mappings: {}, continuousBackups: {}, alarms: {} };

/** Opens the gateway's state; a file that is not ours is an error, never overwritten in silence. */
export async function openStateFile(path: string): Promise<StateFile> {
  await mkdir(dirname(path), { recursive: true });
  let state = await readState(path);
  let lastWrite: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const temporary = `${path}.tmp`;
    await writeFile(temporary, `${JSON.stringify(state, null, 1)}\n`);
    await rename(temporary, path);
  }
  return {
    current: () => state,
    change(update) {
      state = { ...state, ...update(state) };
      // In a row: each write holds the newest state, and a rename never overtakes a later one.
      lastWrite = lastWrite.then(write, write);
      return lastWrite;
    },
  };
}

async function readState(path: string): Promise<GatewayState> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return empty;
  try {
    return gatewayStateSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`the gateway's state file ${path} cannot be read; delete it to start afresh`, { cause });
  }
}
