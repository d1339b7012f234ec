import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Styleguide } from './styleguide';

export const metadata: Metadata = { title: 'Styleguide' };

/** Every primitive on one page; only in development. */
export default function StyleguidePage() {
  // biome-ignore lint/style/noProcessEnv: Next replaces it while building, which removes the page from production.
  if (process.env.NODE_ENV === 'production') notFound();
  return <Styleguide renderedAt={Date.now()} />;
}
