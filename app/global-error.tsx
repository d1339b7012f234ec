'use client';

/** When even the root layout fails: no styles, no providers, only words and a way on. */
export default function GlobalError({ reset }: { error: Error; reset: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', padding: '12vh 24px', maxWidth: 480, margin: '0 auto' }}>
        <h1 style={{ fontSize: 18 }}>Errata could not be shown</h1>
        <p>Something went wrong on our side; the server log has the details. Try again, or reload the page.</p>
        <button type="button" onClick={reset}>
          Try again
        </button>
      </body>
    </html>
  );
}
