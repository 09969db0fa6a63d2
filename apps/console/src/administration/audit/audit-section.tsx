import type { AuditEntryView } from '@lamplight/contracts';
import { type AuditQuery, auditQuery, Button, Notice, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useServer } from '../../state/server.js';
import { readWallClock } from '../../state/wall-clock.js';
import { useLoaded } from '../parts/loaded.js';
import { Detail } from './detail.js';

/** Who did and looked at what, the newest first. It only grows, and asking for it is in it, too. */
export function AuditSection(): ReactNode {
  const { t, zone } = useIntl();
  const [text, setText] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [asked, setAsked] = useState<AuditQuery>({});
  const ask = (): void => {
    const since = readWallClock(from, zone);
    const until = readWallClock(to, zone);
    setAsked({
      ...(text.trim() && { text: text.trim() }),
      ...(since !== null && { from: since }),
      ...(until !== null && { to: until }),
    });
  };
  return (
    <>
      <search>
        <form
          className="admin-bar"
          onSubmit={(event) => {
            event.preventDefault();
            ask();
          }}
        >
          <TextInput label={t('admin.audit.text')} type="search" value={text} onChange={setText} />
          <TextInput label={t('report.from')} type="datetime-local" value={from} onChange={setFrom} />
          <TextInput label={t('report.to')} type="datetime-local" value={to} onChange={setTo} />
          <Button variant="primary" type="submit">
            {t('admin.audit.show')}
          </Button>
          <a
            className="ll-button ll-button-plain ll-button-normal"
            href={`/api/v1/audit.csv?${auditQuery(asked)}`}
            download
          >
            {t('admin.audit.export')}
          </a>
        </form>
      </search>
      <Entries key={auditQuery(asked)} query={asked} />
    </>
  );
}

function Entries({ query }: { readonly query: AuditQuery }): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const [older, setOlder] = useState<readonly AuditEntryView[]>([]);
  const [next, setNext] = useState<number | null | undefined>(undefined);
  const [failure, setFailure] = useState<unknown>(null);
  const first = useLoaded(() => api.audit(query));
  const before = next === undefined ? (first.value?.next ?? null) : next;
  const more = async (): Promise<void> => {
    if (before === null) return;
    try {
      const page = await api.audit({ ...query, before });
      setOlder((known) => [...known, ...page.entries]);
      setNext(page.next);
      setFailure(null);
    } catch (error) {
      setFailure(error);
    }
  };
  const error = first.error ?? failure;
  const entries = [...(first.value?.entries ?? []), ...older];
  return (
    <>
      {error === null ? null : (
        <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
      )}
      {first.value === null && error === null ? <p className="muted">{t('common.loading')}</p> : null}
      {first.value && entries.length === 0 ? <p className="empty">{t('admin.noneFound')}</p> : null}
      {entries.length > 0 ? <AuditTable entries={entries} /> : null}
      {before === null ? null : (
        <div className="admin-inline">
          <Button onPress={() => void more()}>{t('admin.audit.older')}</Button>
        </div>
      )}
    </>
  );
}

function AuditTable({ entries }: { readonly entries: readonly AuditEntryView[] }): ReactNode {
  const { t, dateTime, code } = useIntl();
  const heads = {
    at: t('admin.audit.at'),
    actor: t('admin.audit.actor'),
    action: t('admin.audit.action'),
    subject: t('admin.audit.subject'),
    detail: t('admin.audit.detail'),
  };
  return (
    <table className="admin-table">
      <thead>
        <tr>
          {Object.entries(heads).map(([id, head]) => (
            <th key={id} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map(({ sequence, at, actor, action, subject, detail }) => (
          <tr key={sequence}>
            <td data-label={heads.at}>{dateTime(at)}</td>
            <td data-label={heads.actor}>{actor.replace(/^account:/, '')}</td>
            <td data-label={heads.action}>{code('audit', action)}</td>
            <td data-label={heads.subject}>{subject}</td>
            <td data-label={heads.detail}>
              <Detail detail={detail} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
