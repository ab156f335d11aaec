import type { Bulletin } from '@quakewire/core';

type Versioned = Pick<Bulletin, 'id' | 'version' | 'status'>;

/**
 * Tells new versions from repeated ones, whichever way they came. It only grows: a feed that shrinks and comes back, or
 * whose service repeats what its socket said, repeats nothing to us. A retraction is new whatever its version.
 */
export function createSeenVersions(): { isNew(bulletin: Versioned): boolean } {
  const newest = new Map<string, Versioned>();
  return {
    isNew({ id, version, status }) {
      const known = newest.get(id);
      const retracts = status === 'deleted' && known?.status !== 'deleted';
      if (known && version <= known.version && !retracts) return false;
      newest.set(id, { id, version: Math.max(version, known?.version ?? version), status });
      return true;
    },
  };
}
