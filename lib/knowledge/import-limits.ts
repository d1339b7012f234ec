/** What may be sent at once; a bigger knowledge base goes in several calls. */
export const IMPORT_LIMITS = { bytes: 32 * 1024 * 1024, items: 5000, documents: 500 } as const;
