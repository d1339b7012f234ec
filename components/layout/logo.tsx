/** The mark: a list with its last line set right. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className} fill="none" strokeLinecap="round" strokeLinejoin="round">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g stroke="#fff" strokeWidth="2.6">
        <path d="M9 9.5h14M9 16h8M9 22.5h5" />
        <path d="m17.5 21.5 2.6 2.6 4.9-5.6" />
      </g>
    </svg>
  );
}

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2">
      <LogoMark className="size-6 shrink-0" />
      <span className="font-semibold text-base tracking-[-0.02em]">Errata</span>
    </span>
  );
}
