import type { ReactNode } from 'react';

/** A sentence beside what it is about. Refusals and warnings are spoken at once, the rest when there is a pause. */
export function Notice({
  tone = 'info',
  children,
  action,
}: {
  readonly tone?: 'info' | 'good' | 'warning' | 'refusal';
  readonly children: ReactNode;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <div className={`ll-notice ll-notice-${tone}`} role={tone === 'refusal' ? 'alert' : 'status'}>
      <span>{children}</span>
      {action}
    </div>
  );
}
