/** Read by the layout on the server, so that rows arrive as high as they were left. */
export const DENSITY_COOKIE = 'errata.density';

export const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
] as const;
export type Density = (typeof DENSITIES)[number]['value'];

/** What a cookie says, or the default. */
export const readDensity = (value: string | undefined): Density => (value === 'compact' ? 'compact' : 'comfortable');
