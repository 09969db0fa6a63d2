import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';

/** What was before and is now, field by field; or what else was noted. */
export function Detail({ detail }: { readonly detail: unknown }): ReactNode {
  const { code } = useIntl();
  const { before, after, ...rest } = fieldsOf(detail);
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  if (changed.length === 0 && Object.keys(rest).length === 0) return null;
  return (
    <ul className="admin-detail">
      {changed.map((field) => (
        <li key={field}>
          <span className="muted">{code('admin.field', field)}: </span>
          {field in was ? <Was>{textOf(was[field])}</Was> : null}{' '}
          {field in is ? <ins>{textOf(is[field])}</ins> : null}
        </li>
      ))}
      {Object.entries(rest).map(([field, value]) => (
        <li key={field}>
          <span className="muted">{code('admin.field', field)}: </span>
          {textOf(value)}
        </li>
      ))}
    </ul>
  );
}

function Was({ children }: { readonly children: string }): ReactNode {
  const { t } = useIntl();
  return (
    <del>
      <span className="ll-visually-hidden">{t('admin.audit.was')} </span>
      {children}
    </del>
  );
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null) return '–';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return JSON.stringify(value);
}
