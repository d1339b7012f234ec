/** Limits of an upload, in bytes where nothing else is said. */
export const SOURCE_MAP_LIMITS = {
  /** One part of an upload in parts, and one request that carries several. */
  chunk: 8 * 1024 * 1024,
  request: 32 * 1024 * 1024,
  /** An archive as it is sent, and all that is in it. */
  archive: 128 * 1024 * 1024,
  expanded: 512 * 1024 * 1024,
  /** One map. */
  map: 64 * 1024 * 1024,
  files: 20_000,
  /** All maps of a project; beyond, those used longest ago give way. */
  project: 4 * 1024 * 1024 * 1024,
} as const;
