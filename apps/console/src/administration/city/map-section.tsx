import type { CityBuild, CityMap } from '@lamplight/contracts';
import { Button, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect } from 'react';
import { FileTrigger, Label, ProgressBar } from 'react-aria-components';
import { useDesk } from '../../desk/desk.js';
import { useAction } from '../../state/action.js';
import { usePolling } from '../../state/polling.js';
import { useServer } from '../../state/server.js';
import { ActionButton } from '../parts/form-dialog.js';

/** How often a build under way is asked after. */
const ASK_EVERY = 1_000;

/** The streets, places and base map: built by the server from an OpenStreetMap extract. */
export function MapSection(): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const { administer } = useDesk().powers;
  const { value: city, error } = usePolling('city', ASK_EVERY, () => api.cityMap());
  const upload = useAction((_, file: File) => api.uploadExtract(file));
  const cancel = useAction(() => api.cancelCityBuild());
  const running = city?.build?.state === 'uploading' || city?.build?.state === 'building';
  const isSending = upload.pending;
  useEffect(() => {
    if (!isSending) return;
    // Leaving the page would break the upload off; the build itself goes on without it.
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isSending]);

  if (!city) {
    return error === null ? (
      <p className="muted">{t('common.loading')}</p>
    ) : (
      <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
    );
  }
  return (
    <>
      {city.restartNeeded ? <Notice tone="warning">{t('admin.map.restart')}</Notice> : null}
      <Files city={city} />
      {city.build ? <Build build={city.build} /> : null}
      {running && administer ? (
        <div className="admin-inline">
          <ActionButton action={cancel} variant="danger">
            {t('admin.map.cancel')}
          </ActionButton>
        </div>
      ) : null}
      {administer && !running ? (
        <div className="admin-inline">
          <FileTrigger
            acceptedFileTypes={['.pbf', '.osm', '.gz']}
            onSelect={(files) => {
              const file = files?.[0];
              if (file) void upload.run(file);
            }}
          >
            <Button variant="primary" isDisabled={upload.pending}>
              {t('admin.map.upload')}
            </Button>
          </FileTrigger>
        </div>
      ) : null}
      {upload.error === null ? null : <Notice tone="refusal">{problem(upload.error)}</Notice>}
      <p className="muted">
        {t('admin.map.limits', { largest: megabytes(city.largest), free: megabytes(city.free) })}
      </p>
      <p className="muted">{t('admin.map.explain')}</p>
    </>
  );
}

function Files({ city: { files } }: { readonly city: CityMap }): ReactNode {
  const { t, dateTime } = useIntl();
  if (files.length === 0) return <Notice>{t('admin.map.none')}</Notice>;
  return (
    <dl className="admin-facts">
      {files.map(({ part, bytes, modifiedAt }) => (
        <div key={part}>
          <dt>{t(`admin.map.part.${part}`)}</dt>
          <dd>
            {t('admin.map.size', { megabytes: megabytes(bytes) })}{' '}
            <span className="muted">{dateTime(modifiedAt)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Build({ build }: { readonly build: CityBuild }): ReactNode {
  const { t, name, dateTime } = useIntl();
  const running = build.state === 'uploading' || build.state === 'building';
  return (
    <section className="admin-build" aria-label={t('admin.map.build')}>
      <h2>
        {build.fileName} <span className="tag">{t(`admin.map.state.${build.state}`)}</span>
      </h2>
      <p className="muted">
        {t('admin.map.size', { megabytes: megabytes(build.bytes) })} ·{' '}
        {t('admin.map.startedBy', { who: build.startedBy, at: dateTime(build.startedAt) })}
      </p>
      {running ? (
        <ProgressBar value={build.fraction * 100} className="admin-progress">
          {({ percentage = 0, valueText }) => (
            <>
              <Label>{t(`admin.map.phase.${build.phase}`)}</Label>
              <span>{valueText}</span>
              <div className="admin-progress-track" aria-hidden="true">
                <div style={{ width: `${percentage}%` }} />
              </div>
            </>
          )}
        </ProgressBar>
      ) : null}
      {build.problem ? <Notice tone="refusal">{name(build.problem.message)}</Notice> : null}
      {build.state === 'done' ? (
        <Notice tone="good">
          {t('admin.map.made', {
            parts: build.made.map(({ part }) => t(`admin.map.part.${part}`)).join(' · '),
          })}
        </Notice>
      ) : null}
      {build.without.map(({ part, reason }) => (
        <Notice key={part} tone="warning">
          {t(`admin.map.part.${part}`)}: {name(reason)}
        </Notice>
      ))}
    </section>
  );
}

const megabytes = (bytes: number): number => Math.round(bytes / 1e5) / 10;
