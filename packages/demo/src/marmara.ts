/** Origin of the earthquake before its first bulletin: EMSC's and USGS's first bulletins take minutes at best. */
export const originAgeMs = 120_000;

/** Recorded epicentre of the Marmara M6.2 of 2025-04-23 (EMSC). */
export const epicentre = { latitude: 40.8327, longitude: 28.2267 };

/** Subscribers live within this distance of it. */
export const withinKm = 600;
