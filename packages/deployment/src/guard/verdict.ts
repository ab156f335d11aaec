/** What a plan is for: `scale` moves numbers only, `deploy` and `rollback` also bring other code and settings. */
export type GuardMode = 'scale' | 'deploy' | 'rollback';

/** One reason why a plan must not be applied. */
export interface Refusal {
  /** Terraform's address of the resource, or `plan` for the plan itself. */
  address: string;
  /** What the plan wants there: `update`, `delete`, `replace`, `import`, `drift` ... */
  action: string;
  /** The field concerned, e.g. `provisioned_poller_config[0].minimum_pollers`; empty when it is the whole resource. */
  field: string;
  /** What is wrong and what to do, for a person; never the value of a sensitive field. */
  sentence: string;
}

/** One field that the plan changes. Values of sensitive fields are left out. */
export interface FieldChange {
  address: string;
  field: string;
  before: unknown;
  /** Undefined when it is known only after the apply. */
  after: unknown;
}

export interface GuardVerdict {
  /** True only without any refusal. */
  allowed: boolean;
  refusals: Refusal[];
  /** Everything the plan changes, in its own order: what a reviewer reads, and what a plan made anew may not exceed. */
  changes: FieldChange[];
  /** What a reviewer should know although it stops nothing, e.g. a change made by hand elsewhere. */
  notes: string[];
}
