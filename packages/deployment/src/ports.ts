/** The roots that workflows apply, in this order: an active partition must exist before anything writes to it. */
export const terraformRoots = ['topics', 'pipeline'] as const;
export type TerraformRoot = (typeof terraformRoots)[number];

export interface TerraformAnswer {
  exitCode: number;
  /** Standard output. Of `show` and `state pull` it holds every value in clear: never print it. */
  output: string;
  errors: string;
}

/** Runs Terraform in one root, with its backend and credentials; answers every exit code, rejects only if it cannot run. */
export type Terraform = (root: TerraformRoot, args: readonly string[]) => Promise<TerraformAnswer>;

export interface VersionedText {
  text: string;
  /** Changes with every replacement. */
  version: string;
}

/** One file that several runs share: read whole, replaced whole, and only by who has seen its last version. */
export interface VersionedFile {
  /** Where it lies, for messages. */
  name: string;
  /** Null when there is none; any other failure rejects: unreadable is not absent. */
  read(): Promise<VersionedText | null>;
  /**
   * @param seen The version that was read; null when there was none.
   * @throws {VersionConflictError} When somebody else replaced it meanwhile; nothing was written.
   */
  replace(text: string, seen: string | null): Promise<void>;
}

/** Where reviewed changes wait for their apply. It holds plan files, which hold every input in clear: private. */
export interface ChangeStore {
  /** Writes once; the same name again is the same content. */
  put(name: string, content: Uint8Array): Promise<void>;
  get(name: string): Promise<Uint8Array | undefined>;
}
