'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/**
 * False until React has taken over the page. Forms with secrets keep their button disabled until then (which also stops
 * the Enter key): a browser that submits by itself would put the fields into the address.
 */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
