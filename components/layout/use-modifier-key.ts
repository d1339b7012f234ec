'use client';

import { useSyncExternalStore } from 'react';

const noChanges = () => () => {};
const inBrowser = () => (/mac|iphone|ipad/i.test(navigator.userAgent) ? '⌘' : 'Ctrl');
const onServer = () => 'Ctrl';

/** What the key of `mod+…` shortcuts is called here. */
export const useModifierKey = (): string => useSyncExternalStore(noChanges, inBrowser, onServer);
