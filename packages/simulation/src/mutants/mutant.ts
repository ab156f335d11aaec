/** A text in one of the product's files, and what stands there instead. */
export interface Patch {
  /** From the project's folder. */
  file: string;
  find: string;
  replace: string;
}

/** A fault planted into the product's code, numbered as in the protocol's list of mutations; from 40 on, bugs that once were. */
export interface Mutant {
  number: number;
  name: string;
  patches: readonly Patch[];
}
