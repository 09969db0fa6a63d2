import { ageOf, Button, STALE_AFTER, UnitMarkIcon, unitMarkOf, unitViewOf, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { FollowToggle } from '../map/follow.js';
import { ReachToggle } from '../map/reach.js';
import { useCatalogue, useFix, useNow, useWork } from '../state/live-board.js';
import { shortNumber } from '../state/wording.js';
import { DutyControl } from './duty-control.js';

/** What there is to know of the unit that was picked, over the corner of the map. */
export function UnitCard({ unitId }: { readonly unitId: string }): ReactNode {
  const intl = useIntl();
  const { t, duration, list } = intl;
  const { powers, openIncident, selectUnit, store } = useDesk();
  const { incidentId } = useDeskState();
  const board = useWork();
  const fix = useFix(unitId);
  const catalogue = useCatalogue();
  const now = useNow();
  const unit = board.units.get(unitId);
  if (!unit) return null;
  const view = unitViewOf(board, unit, catalogue.effectOf);
  const open = incidentId === null ? undefined : board.incidents.get(incidentId);
  const target = open?.status === 'open' && open.id !== view.incident?.id ? open : undefined;
  const age = fix ? ageOf(fix.eventAt, now) : null;
  return (
    <section className="unit-card" aria-label={unit.callSign}>
      <header>
        <UnitMarkIcon mark={unitMarkOf(view)} stale={age === null || age > STALE_AFTER} />
        <strong>{unit.callSign}</strong>
        <span className="muted">{catalogue.statusText(view, intl)}</span>
        <Button variant="quiet" size="small" onPress={() => selectUnit(null)} aria-label={t('common.close')}>
          <span aria-hidden="true">✕</span>
        </Button>
      </header>
      <p>{list(unit.capabilities.map((id) => catalogue.capabilityName(id, intl)))}</p>
      <p className="muted">
        {unit.duty
          ? `${t('units.crew', { count: unit.duty.crew.length })}: ${list(unit.duty.crew)}`
          : t('availability.off-duty')}
        {' · '}
        {age === null ? t('units.noPosition') : t('units.positionAge', { age: duration(age) })}
        {fix?.speed != null && fix.speed > 1 ? (
          <> · {t('units.speed', { speed: Math.round(fix.speed * 3.6) })}</>
        ) : null}
      </p>
      <div className="unit-card-actions">
        {fix ? <FollowToggle unitId={unitId} /> : null}
        {fix ? <ReachToggle subject={{ kind: 'unit', id: unitId }} /> : null}
        {powers.dispatch && unit.duty && target ? (
          <Button
            size="small"
            variant="primary"
            onPress={() => store.emit({ type: 'send-unit', unitId, incidentId: target.id })}
          >
            {t('units.sendTo', { number: shortNumber(target) })}
          </Button>
        ) : null}
        {powers.dispatch && unit.duty ? (
          <Button size="small" onPress={() => store.emit({ type: 'post-units', unitIds: [unitId] })}>
            {t('units.post')}
          </Button>
        ) : null}
        {view.incident ? (
          <Button size="small" onPress={() => openIncident(view.incident?.id ?? '')}>
            {t('units.on', { number: view.incident.number })}
          </Button>
        ) : powers.dispatch ? (
          <DutyControl unit={unit} />
        ) : null}
      </div>
    </section>
  );
}
