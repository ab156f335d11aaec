import type { Place } from '@quakewire/core';

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const degrees = (angle: number): number => (angle * 180) / Math.PI;
/** Microdegrees, as stored: what is published is what was measured from. */
const rounded = (angle: number): number => Math.round(degrees(angle) * 1e6) / 1e6;

/** Mean of places on the sphere, summed as unit vectors so that the date line and the poles are no special case. */
export function createPlaceMean() {
  let [x, y, z] = [0, 0, 0];
  return {
    add({ latitude, longitude }: Place): void {
      const [phi, lambda] = [radians(latitude), radians(longitude)];
      x += Math.cos(phi) * Math.cos(lambda);
      y += Math.cos(phi) * Math.sin(lambda);
      z += Math.sin(phi);
    },
    /** Undefined without places, or where they cancel each other out. */
    mean(): Place | undefined {
      if (Math.hypot(x, y, z) < 1e-9) return undefined;
      return { latitude: rounded(Math.atan2(z, Math.hypot(x, y))), longitude: rounded(Math.atan2(y, x)) };
    },
  };
}
