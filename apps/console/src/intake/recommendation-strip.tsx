import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue, useWork } from '../state/live-board.js';
import type { Preview } from './recommendation-preview.js';

/** As many as can be taken in while somebody is talking. */
const SHOWN = 4;

/** Who would be sent to what is known by now, beside the key that sends them. */
export function RecommendationStrip({
  preview: { value, stale, error },
  located,
  typed,
}: {
  readonly preview: Preview;
  readonly located: boolean;
  readonly typed: boolean;
}): ReactNode {
  const intl = useIntl();
  const { t, duration, list, time } = intl;
  const board = useWork();
  const catalogue = useCatalogue();
  const callSign = (id: string): string => board.units.get(id)?.callSign ?? id;
  const suggested = value?.candidates.filter((each) => each.suggested) ?? [];
  const shown = typed ? suggested : (value?.candidates ?? []);
  const lacking = value?.requirements.filter((each) => each.lacking > 0) ?? [];
  const title = t(typed || !value ? 'intake.preview.title' : 'intake.preview.nearest');
  return (
    <section className={`strip ${stale ? 'strip-stale' : ''}`} aria-label={title}>
      <header className="strip-head">
        <h3>{title}</h3>
        <span className="muted" role="status">
          {!located
            ? t('intake.preview.needsPlace')
            : stale
              ? t('intake.preview.stale')
              : value
                ? t('recommendation.asOf', { time: time(value.at) })
                : error === null
                  ? t('recommendation.waiting')
                  : null}
        </span>
      </header>
      {value && shown.length === 0 ? (
        <p className="muted">
          {t(typed && lacking.length === 0 ? 'intake.preview.enough' : 'recommendation.nobody')}
        </p>
      ) : null}
      {shown.length > 0 ? (
        <ol className="strip-units">
          {shown.slice(0, SHOWN).map(({ unitId, eta, divertFrom }) => (
            <li key={unitId}>
              <strong>{callSign(unitId)}</strong> <span className="strip-eta">{duration(eta)}</span>
              {divertFrom === null ? null : (
                <span className="muted">
                  {' '}
                  {t('intake.preview.divert', {
                    number: board.incidents.get(divertFrom)?.number ?? divertFrom,
                  })}
                </span>
              )}
            </li>
          ))}
          {shown.length > SHOWN ? (
            <li className="muted">{t('common.more', { count: shown.length - SHOWN })}</li>
          ) : null}
        </ol>
      ) : null}
      {lacking.length > 0 ? (
        <p className="run-card-lacks">
          <span aria-hidden="true">⚠ </span>
          {t('recommendation.lacks', {
            what: list(
              lacking.map((each) =>
                t('recommendation.lackItem', {
                  count: each.lacking,
                  capability: catalogue.capabilityName(each.capability, intl),
                }),
              ),
            ),
          })}
        </p>
      ) : null}
      {located && !typed && value ? <p className="muted">{t('intake.preview.needsType')}</p> : null}
      {error === null ? null : <p className="muted">{error}</p>}
    </section>
  );
}
