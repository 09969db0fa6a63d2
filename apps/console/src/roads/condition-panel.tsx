import { boundingBox, type Instant, type LonLat } from '@lamplight/base';
import { Button, listConditions, Notice, phaseOf, type RoadCondition, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import { useNow, useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { actorText } from '../state/wording.js';
import { type Asking, ConditionDialog } from './condition-dialog.js';
import { conditionPlaceText, directionText, effectText, endText } from './condition-wording.js';
import { DeclareCondition } from './declare-condition.js';

/** Which streets are closed or slow, now and later; who may, declares, changes and lifts it here. */
export function ConditionPanel(): ReactNode {
  const { t } = useIntl();
  const { info } = useServer();
  const { powers, store, closeWork } = useDesk();
  const { sketch } = useDeskState();
  const mayDeclare = powers.dispatch;
  const board = useWork();
  const now = useNow();
  const [asked, setAsked] = useState(false);
  // Somebody may have begun on the map, and in another window.
  const declaring = asked || sketch !== null;
  const [asking, setAsking] = useState<Asking | null>(null);
  const askingOf = asking && board.conditions.get(asking.id);
  const { active, scheduled, recent } = listConditions(board, now);
  const groups = [
    ['roads.active', active],
    ['roads.scheduled', scheduled],
    ['roads.recent', recent],
  ] as const;
  return (
    <article className="panel-roads" aria-labelledby="roads-title">
      <header className="area-head">
        <div>
          <h2 id="roads-title">{t('roads.title')}</h2>
          <p className="muted">
            {t('roads.summary', { active: active.length, scheduled: scheduled.length })}
          </p>
        </div>
        <Button variant="quiet" size="small" aria-label={t('panel.close')} onPress={closeWork}>
          <span aria-hidden="true">✕</span>
        </Button>
      </header>
      <div className="panel-body">
        {info.network ? null : <Notice>{t('roads.noNetwork')}</Notice>}
        {declaring && mayDeclare ? (
          <DeclareCondition
            onDone={() => {
              setAsked(false);
              store.change({ sketch: null });
            }}
          />
        ) : mayDeclare ? (
          <div>
            <Button variant="primary" onPress={() => setAsked(true)}>
              {t('roads.declare')}
            </Button>
          </div>
        ) : null}
        {active.length + scheduled.length === 0 ? <p className="muted">{t('roads.none')}</p> : null}
        {groups.map(([title, conditions]) =>
          conditions.length === 0 ? null : (
            <section key={title} aria-labelledby={title}>
              <h3 id={title} className="panel-heading">
                {t(title)}
              </h3>
              <ul className="conditions">
                {conditions.map((condition) => (
                  <ConditionRow
                    key={condition.id}
                    condition={condition}
                    now={now}
                    mayChange={mayDeclare && phaseOf(condition, now) !== 'ended'}
                    onAsk={(what) => setAsking({ what, id: condition.id })}
                  />
                ))}
              </ul>
            </section>
          ),
        )}
      </div>
      {/* Not in the row: a row moves to another list when its time comes, and would take the half-typed answer along. */}
      {askingOf ? (
        <ConditionDialog
          key={askingOf.id}
          condition={askingOf}
          asking={asking?.what ?? null}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </article>
  );
}

function ConditionRow({
  condition,
  now,
  mayChange,
  onAsk,
}: {
  readonly condition: RoadCondition;
  readonly now: Instant;
  readonly mayChange: boolean;
  onAsk(what: Asking['what']): void;
}): ReactNode {
  const intl = useIntl();
  const { t, dateTime } = intl;
  const place = conditionPlaceText(condition, intl);
  const direction = directionText(condition, intl);
  const { reveal } = useDesk();
  const { from, matched, source, reason, declaredAt, declaredBy } = condition;
  const at = middleOf(condition);
  return (
    <li className={`condition condition-${condition.effect.kind}`}>
      <p>
        <strong>{place}</strong> · {effectText(condition, intl)}
        {direction === null ? null : <> · {direction}</>}
      </p>
      <p>{t('roads.source', { source, reason })}</p>
      <p className="muted">
        {phaseOf(condition, now) === 'scheduled' ? <>{t('roads.from', { time: dateTime(from) })} · </> : null}
        {endText(condition, now, intl)}
        {matched === null || condition.place.kind === 'edges' ? null : (
          <> · {t('roads.matched', { count: matched })}</>
        )}
      </p>
      <p className="muted">
        {t('roads.declaredBy', { who: actorText(declaredBy, intl), time: dateTime(declaredAt) })}
      </p>
      <div className="condition-actions">
        {mayChange ? (
          <>
            <Button size="small" onPress={() => onAsk('lift')}>
              {t('roads.lift')}
            </Button>
            <Button size="small" variant="quiet" onPress={() => onAsk('end')}>
              {t('roads.extend')}
            </Button>
          </>
        ) : null}
        {at ? (
          <Button size="small" variant="quiet" onPress={() => reveal(at)}>
            {t('roads.onMap')}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** The middle of where it was drawn; `null` for one that is known by its street only. */
function middleOf({ place }: RoadCondition): LonLat | null {
  const points =
    place.kind === 'polygon'
      ? place.rings.flat()
      : place.kind === 'line'
        ? place.points
        : place.kind === 'edges'
          ? place.edges.map(({ position }) => position)
          : [];
  const box = place.kind === 'street' ? place.within : boundingBox(points);
  return box ? [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] : null;
}
