import type { ChangeStore, Terraform, VersionedFile } from '../ports.ts';

/** What a change needs from the process that plans or applies it. */
export interface ChangePorts {
  terraform: Terraform;
  /** Where a reviewed change waits for its apply. */
  store: ChangeStore;
  /** The scaling file in force. */
  scalingFile: VersionedFile;
  /** The last sizing, apart from the scaling file: it changes on every run. */
  history: VersionedFile;
  nowMs(): number;
  /** Told what happens, a sentence at a time. */
  say(sentence: string): void;
}
