import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Providers } from '@/components/layout/providers';
import { inter, interExtended, jetBrainsMono } from './fonts';

export const metadata: Metadata = {
  title: { default: 'Errata', template: '%s · Errata' },
  description: 'The same issue never costs the team twice.',
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafb' },
    { media: '(prefers-color-scheme: dark)', color: '#0e0f12' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme is set on <html> before React starts, hence the suppressed warning.
    <html
      lang="en"
      suppressHydrationWarning
      className={`${inter.variable} ${interExtended.variable} ${jetBrainsMono.variable}`}
    >
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
