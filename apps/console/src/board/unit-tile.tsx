import {
  ageOf,
  STALE_AFTER,
  timeInState,
  UnitMarkIcon,
  type UnitView,
  unitMarkOf,
  useIntl,
} from '@lamplight/ui';
import { memo, type ReactNode } from 'react';
import { useCatalogue, useFix, useNow } from '../state/live-board.js';
import { shortNumber } from '../state/wording.js';

/** A unit on the board: what it does and for how long, who and what it carries, how old its position is. */
export const UnitTile = memo(function UnitTile({ view }: { readonly view: UnitView }): ReactNode {
  const intl = useIntl();
  const { t, list } = intl;
  const catalogue = useCatalogue();
  const { unit, incident, stacked } = view;
  const isOff = view.availability === 'off-duty';
  const crew = unit.duty === null ? null : t('units.crewShort', { count: unit.duty.crew.length });
  const capabilities = list(unit.capabilities.map((id) => catalogue.capabilityName(id, intl)));
  return (
    <>
      <UnitMarkIcon mark={unitMarkOf(view)} />
      <span className="unit-name">{unit.callSign}</span>
      <TimeInStateText view={view} />
      <span className="unit-status">
        {catalogue.statusText(view, intl)}
        {incident ? <> · {shortNumber(incident)}</> : null}
        {stacked > 0 ? <> · {t('units.stacked', { count: stacked })}</> : null}
      </span>
      <span className="unit-carries">
        {crew === null ? null : <span className="unit-crew">{crew} · </span>}
        {capabilities}
      </span>
      {isOff ? null : <PositionAge unitId={unit.id} />}
    </>
  );
});

/** The running clock of the state; from three quarters of what is allowed on with a sign, beyond it with a word. */
function TimeInStateText({ view }: { readonly view: UnitView }): ReactNode {
  const { t, duration } = useIntl();
  const time = timeInState(view, useNow());
  if (time === null) return null;
  const { age, verdict } = time;
  if (verdict === 'fine') return <span className="unit-clock">{duration(age)}</span>;
  return (
    <span className={`unit-clock unit-clock-${verdict}`}>
      <span aria-hidden="true">{verdict === 'near' ? '△ ' : '▲ '}</span>
      {t(`units.time.${verdict}`, { age: duration(age) })}
    </span>
  );
}

/** Said only when it matters: no position, or one too old to go by. */
function PositionAge({ unitId }: { readonly unitId: string }): ReactNode {
  const { t, duration } = useIntl();
  const now = useNow();
  const fix = useFix(unitId);
  if (!fix) return <span className="unit-position bad">{t('units.noPosition')}</span>;
  const age = ageOf(fix.eventAt, now);
  if (age <= STALE_AFTER)
    return <span className="unit-position muted">{t('units.fixAge', { age: duration(age) })}</span>;
  return <span className="unit-position bad">{t('units.stale', { age: duration(age) })}</span>;
}
