import type { LeafChange } from './leaf-changes.ts';
import type { ResourceChange } from './terraform-plan.ts';

/** A resource that the plan touches, with every leaf that it moves. */
export interface TouchedResource {
  resource: ResourceChange;
  leaves: LeafChange[];
}
