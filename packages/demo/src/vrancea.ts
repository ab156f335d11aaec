import { setTimeout as delay } from 'node:timers/promises';
import type { Quake } from './quake.ts';

/** Vrancea, 1977-03-04 19:21:54 UTC, Mw 7.4, as catalogues have it today. */
const hypocentre = { latitude: 45.77, longitude: 26.76, depthKm: 94 };
const region = 'Vrancea, Romania';

/**
 * What an institute's early-warning system could have said, `afterSeconds` after the origin: invented. The magnitude
 * grows while the rupture does; the first depth is too large and is corrected by a person; in the end, because it is an
 * exercise, everything is withdrawn.
 */
const solutions = [
  { afterSeconds: 8, status: 'automatic', magnitude: 6, depthKm: 140, stations: 6 },
  { afterSeconds: 11, status: 'automatic', magnitude: 6.8, depthKm: 140, stations: 14 },
  { afterSeconds: 16, status: 'automatic', magnitude: 7.4, depthKm: 130, stations: 27 },
  { afterSeconds: 38, status: 'reviewed', magnitude: 7.4, depthKm: hypocentre.depthKm - 10, stations: 41 },
  { afterSeconds: 50, status: 'deleted', magnitude: 7.4, depthKm: hypocentre.depthKm - 10, stations: 41 },
] as const;

const described = ({
  status,
  magnitude,
  depthKm,
  stations,
}: Omit<(typeof solutions)[number], 'afterSeconds'>): string =>
  status === 'deleted' ? 'retracted' : `M${magnitude.toFixed(1)}, depth ${depthKm} km, ${stations} stations, ${status}`;

/** A reconstruction and an exercise: by an institute's signed bulletins, seconds after the origin, with update and cancel. */
export const vrancea: Quake = {
  epicentre: hypocentre,
  withinKm: 450,
  country: 'RO',
  async happen({ institute, terminal }) {
    await institute.heartbeat();
    const originTimeMs = Date.now();
    terminal.line('EXERCISE, a reconstruction: Vrancea, 4 March 1977, M7.4, at a depth of 94 km');
    terminal.line(
      '  (place and magnitude as in catalogues; the early solutions, their times and the cancel are invented)',
    );
    for (const { afterSeconds, ...solution } of solutions) {
      await delay(originTimeMs + afterSeconds * 1000 - Date.now());
      const { latitude, longitude } = hypocentre;
      const bulletin = { id: 'vrancea-1977', originTimeMs, latitude, longitude, region, ...solution };
      const answer = await institute.post(bulletin);
      terminal.line(`  ${afterSeconds} s: ${described(solution)}: ${answer}`);
    }
    terminal.line(`  the last post once more: ${await institute.postAgain()}`);
  },
};
