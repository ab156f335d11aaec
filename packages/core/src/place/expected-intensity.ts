import { type ArcSide, arcSide } from './carpathians.ts';
import { crustalIntensity } from './crustal-intensity.ts';
import { epicentralDistanceKm, hypocentralDistanceKm, type Place } from './geodesy.ts';
import { isVrancea, vranceaIntensity } from './vrancea-intensity.ts';

/** What intensity depends on at the source. */
export interface Rupture {
  magnitude: number;
  hypocentre: Place & { depthKm: number };
}

/** Modified Mercalli intensity expected at one place, about 1 to 12. */
export interface IntensityEstimate {
  /** Half of such places have more. */
  median: number;
  /** One standard deviation above: one such place in six has more. */
  plusSigma: number;
  /**
   * What a subscriber's minimum is compared with: the median of a crustal earthquake; `plusSigma` of an
   * intermediate-depth one below Vrancea, because there the median was about 1.7 too low in Bucharest in 1990.
   */
  decisive: number;
}

/**
 * Intensity expected at a place: Allen, Wald and Worden 2012 for crustal earthquakes, Manea et al. 2021 with Worden et
 * al. 2012 for intermediate-depth ones below Vrancea, which the crustal formula underestimates by two and more units.
 */
export function expectedIntensity(rupture: Rupture, place: Place): IntensityEstimate {
  return intensityAtDistance(rupture, epicentralDistanceKm(rupture.hypocentre, place), () => arcSide(place));
}

/** Epicentral distance in km, where intensity falls least with it, at which `intensity` is reached; 0: nowhere. */
export function reachOfIntensityKm(rupture: Rupture, intensity: number): number {
  const reaches = (distanceKm: number): boolean =>
    intensityAtDistance(rupture, distanceKm, () => 'foreArc').decisive >= intensity;
  let near = 0;
  let far = 20_000;
  if (!reaches(near)) return 0;
  if (reaches(far)) return far;
  // Intensity falls with distance throughout: halve until the interval is below 10 m.
  while (far - near > 0.01) {
    const middle = (near + far) / 2;
    if (reaches(middle)) near = middle;
    else far = middle;
  }
  return near;
}

function intensityAtDistance(
  { magnitude, hypocentre }: Rupture,
  distanceKm: number,
  side: () => ArcSide,
): IntensityEstimate {
  const depthKm = Math.max(0, hypocentre.depthKm);
  const slantKm = hypocentralDistanceKm(distanceKm, depthKm);
  if (isVrancea(hypocentre)) {
    const { median, plusSigma } = vranceaIntensity({
      magnitude,
      depthKm,
      hypocentralDistanceKm: slantKm,
      side: side(),
    });
    return { median, plusSigma, decisive: plusSigma };
  }
  const { median, sigma } = crustalIntensity({ magnitude, hypocentralDistanceKm: slantKm });
  return { median, plusSigma: median + sigma, decisive: median };
}
