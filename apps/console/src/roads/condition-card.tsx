import { Button, phaseOf, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useDesk } from '../desk/desk.js';
import { useNow, useWork } from '../state/live-board.js';
import { type Asking, ConditionDialog } from './condition-dialog.js';
import { conditionPlaceText, directionText, effectText, endText } from './condition-wording.js';

/** What there is to know of the road condition that was pressed, over the corner of the map. */
export function ConditionCard({
  conditionId,
  onClose,
}: {
  readonly conditionId: string;
  onClose(): void;
}): ReactNode {
  const intl = useIntl();
  const { t, dateTime } = intl;
  const { powers, openRoads } = useDesk();
  const board = useWork();
  const now = useNow();
  const [asking, setAsking] = useState<Asking['what'] | null>(null);
  const condition = board.conditions.get(conditionId);
  if (!condition) return null;
  const place = conditionPlaceText(condition, intl);
  const direction = directionText(condition, intl);
  const phase = phaseOf(condition, now);
  return (
    <section className="unit-card" aria-label={`${t('roads.condition')}: ${place}`}>
      <header>
        <strong>{place}</strong>
        <Button variant="quiet" size="small" onPress={onClose} aria-label={t('common.close')}>
          <span aria-hidden="true">✕</span>
        </Button>
      </header>
      <p>
        {effectText(condition, intl)}
        {direction === null ? null : <> · {direction}</>}
      </p>
      <p>{t('roads.source', { source: condition.source, reason: condition.reason })}</p>
      <p className="muted">
        {phase === 'scheduled' ? <>{t('roads.from', { time: dateTime(condition.from) })} · </> : null}
        {endText(condition, now, intl)}
      </p>
      <div className="unit-card-actions">
        {powers.dispatch && phase !== 'ended' ? (
          <>
            <Button size="small" onPress={() => setAsking('lift')}>
              {t('roads.lift')}
            </Button>
            <Button size="small" onPress={() => setAsking('end')}>
              {t('roads.extend')}
            </Button>
          </>
        ) : null}
        <Button size="small" variant="quiet" onPress={openRoads}>
          {t('roads.all')}
        </Button>
      </div>
      <ConditionDialog condition={condition} asking={asking} onClose={() => setAsking(null)} />
    </section>
  );
}
