import { type AlertPolicy, PolicyError, parsePolicy } from './alert-policy.ts';
import { startingPolicy, wholeEarth } from './starting-policy.ts';

/** A document as it is stored, not checked. */
export interface StoredPolicy {
  version: number;
  document: unknown;
}

/** Every version of the policy, each written once. */
export interface PolicyStore {
  /** The newest versions first, at most `count`. */
  newest(count: number): Promise<StoredPolicy[]>;
  /** Writes the next version; false if that or a newer one exists. */
  put(policy: AlertPolicy): Promise<boolean>;
}

export interface PolicyInForce {
  policy: AlertPolicy;
  /** Why newer documents are not in force, in words for an operator; whoever reads this raises the alarm. */
  faults: readonly string[];
}

/** How far back a good version is looked for. */
const versionsTried = 20;

/** What is in force where no policy is: everything is decided and logged, nothing sent. */
const withoutPolicy = startingPolicy({ everywhere: { mode: 'shadow', area: wholeEarth } });

/** The newest good version. A wrong document is refused as a whole, and the last good one stays in force. */
export async function readPolicyInForce(store: Pick<PolicyStore, 'newest'>): Promise<PolicyInForce> {
  const faults: string[] = [];
  for (const { version, document } of await store.newest(versionsTried)) {
    try {
      const policy = parsePolicy(document);
      if (policy.version === version) return { policy, faults };
      faults.push(`policy ${version} is refused: version: it is stored as another one`);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      faults.push(`policy ${version} is refused: ${error.message}`);
    }
  }
  faults.push('no good policy is stored: nobody is told of anything until one is put (npm run policy -- put)');
  return { policy: withoutPolicy, faults };
}
