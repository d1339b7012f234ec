'use client';

import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { onFirstInput } from './on-first-input';

/**
 * A component that comes with the first movement or key, not with the page, and stays: so that it is there when it is
 * opened, and also when the network is gone by then. Render it inside `Suspense`.
 */
export function late<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  let loading: Promise<{ default: ComponentType<Props> }> | undefined;
  const once = () => {
    loading ??= load().then(
      (component) => ({ default: component }),
      (error: unknown) => {
        // It is tried again when it is needed.
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
  onFirstInput(() => void once().catch(() => undefined));
  return lazy(once);
}
