import type { ReactNode } from 'react';

export interface SettingsSectionProps {
  /** To be linked to. */
  id?: string;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

/** A group of settings: what it is at the left, the controls at the right. */
export function SettingsSection({ id, title, description, children }: SettingsSectionProps) {
  return (
    <section
      id={id}
      className="grid scroll-mt-16 grid-cols-[minmax(0,1fr)] gap-x-10 gap-y-3 border-line border-b py-6 first:pt-0 last:border-b-0 md:grid-cols-[220px_minmax(0,1fr)]"
    >
      <div>
        <h2 className="font-semibold text-sm">{title}</h2>
        {description ? <p className="mt-0.5 text-faint text-xs">{description}</p> : null}
      </div>
      <div>{children}</div>
    </section>
  );
}
