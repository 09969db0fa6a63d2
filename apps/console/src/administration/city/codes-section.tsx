import type { LocationCodes } from '@lamplight/contracts';
import { Button, Notice, ProblemError, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useDesk } from '../../desk/desk.js';
import { useAction } from '../../state/action.js';
import { useServer } from '../../state/server.js';
import { useLoaded } from '../parts/loaded.js';
import { ResourceList } from '../parts/resource-list.js';

type Code = LocationCodes['codes'][number];

/** The agency's own list of lamp posts, boards and the like, which callers read out. */
export function CodesSection(): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const { administer } = useDesk().powers;
  const codes = useLoaded(async () => (await api.locationCodes()).codes);
  const [taken, setTaken] = useState<number | null>(null);
  const replace = useAction(async (_, file: File) => {
    setTaken(null);
    const { codes: count } = await api.replaceLocationCodes(file);
    setTaken(count);
    await codes.reload();
  });
  const { error } = replace;
  const rows =
    error instanceof ProblemError && error.is('rows-invalid') ? (error.problem.errors ?? []) : null;
  return (
    <>
      <ResourceList<Code>
        label={t('admin.codes')}
        source={codes}
        row={(item) => ({ id: item.code, item, name: item.code, words: item.name })}
        empty={t('admin.codes.none')}
        actions={
          administer ? (
            <FileTrigger
              acceptedFileTypes={['.csv', '.txt', 'text/csv']}
              onSelect={(files) => {
                const file = files?.[0];
                if (file) void replace.run(file);
              }}
            >
              <Button variant="primary" isDisabled={replace.pending}>
                {t(replace.pending ? 'common.working' : 'admin.codes.upload')}
              </Button>
            </FileTrigger>
          ) : undefined
        }
      >
        {({ code, name, position }) => (
          <>
            <span className="admin-cell admin-name">
              <strong>{code}</strong>
            </span>
            <span className="admin-cell">{name}</span>
            <span className="admin-cell muted">{position.map((each) => each.toFixed(5)).join(', ')}</span>
          </>
        )}
      </ResourceList>
      {taken === null ? null : <Notice tone="good">{t('admin.codes.taken', { count: taken })}</Notice>}
      {rows ? (
        <section className="admin-faults" role="alert">
          <h2>{t('admin.codes.refused', { count: rows.length })}</h2>
          <ul>
            {rows.map(({ field, reason }) => (
              <li key={`${field} ${reason}`}>
                <strong>{field}</strong> {reason}
              </li>
            ))}
          </ul>
        </section>
      ) : error === null ? null : (
        <Notice tone="refusal">{problem(error)}</Notice>
      )}
      <p className="muted">{t('admin.codes.format')}</p>
    </>
  );
}
