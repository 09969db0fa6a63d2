import { formatInstant, type Instant } from '@lamplight/base';
import {
  Button,
  listConditions,
  ModalDialog,
  Notice,
  phaseOf,
  type RoadCondition,
  TextInput,
  useIntl,
} from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useDesk } from '../desk/desk.js';
import { ReasonDialog } from '../incident/reason-dialog.js';
import { useAction } from '../state/action.js';
import { useNow, useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { readWallClock, writeWallClock } from '../state/wall-clock.js';
import { actorText } from '../state/wording.js';
import { conditionPlaceText, directionText, effectText } from './condition-wording.js';
import { DeclareCondition } from './declare-condition.js';

/** Which streets are closed or slow, now and later; who may, declares, changes and lifts it here. */
export function ConditionPanel(): ReactNode {
  const { t } = useIntl();
  const { info } = useServer();
  const { powers, closeWork } = useDesk();
  const mayDeclare = powers.dispatch;
  const board = useWork();
  const now = useNow();
  const [declaring, setDeclaring] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const asked = asking && board.conditions.get(asking.id);
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
        {declaring ? (
          <DeclareCondition onDone={() => setDeclaring(false)} />
        ) : mayDeclare ? (
          <div>
            <Button variant="primary" onPress={() => setDeclaring(true)}>
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
      {asked ? (
        <ConditionDialog
          key={asked.id}
          condition={asked}
          asking={asking?.what ?? null}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </article>
  );
}

interface Asking {
  readonly what: 'lift' | 'end';
  readonly id: string;
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
  const { from, matched, source, reason, declaredAt, declaredBy } = condition;
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
      {mayChange ? (
        <div className="condition-actions">
          <Button size="small" onPress={() => onAsk('lift')}>
            {t('roads.lift')}
          </Button>
          <Button size="small" variant="quiet" onPress={() => onAsk('end')}>
            {t('roads.extend')}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

function ConditionDialog({
  condition,
  asking,
  onClose,
}: {
  readonly condition: RoadCondition;
  readonly asking: Asking['what'] | null;
  onClose(): void;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const { api } = useServer();
  const lift = useAction((key, reason: string) => api.liftCondition(key, condition.id, reason));
  const place = conditionPlaceText(condition, intl);
  return (
    <>
      <ReasonDialog
        title={t('roads.liftTitle', { place })}
        confirm={t('roads.liftTitle', { place })}
        action={lift}
        isOpen={asking === 'lift'}
        onOpenChange={onClose}
      />
      <EndDialog
        key={condition.to}
        condition={condition}
        title={t('roads.extendTitle', { place })}
        isOpen={asking === 'end'}
        onOpenChange={onClose}
      />
    </>
  );
}

function endText(condition: RoadCondition, now: Instant, intl: ReturnType<typeof useIntl>): string {
  const { t, dateTime } = intl;
  const { to, ended } = condition;
  if (ended?.how === 'lifted') {
    const { at, by, reason } = ended;
    return t('roads.lifted', { who: actorText(by, intl), time: dateTime(at), reason: reason ?? '' });
  }
  if (to === null) return t('roads.untilLifted');
  return t(phaseOf(condition, now) === 'ended' ? 'roads.expired' : 'roads.until', { time: dateTime(to) });
}

/** Sets another end, or none. */
function EndDialog({
  condition,
  title,
  isOpen,
  onOpenChange,
}: {
  readonly condition: RoadCondition;
  readonly title: string;
  readonly isOpen: boolean;
  onOpenChange(open: boolean): void;
}): ReactNode {
  const { t, zone, problem } = useIntl();
  const { api } = useServer();
  const [end, setEnd] = useState(condition.to === null ? '' : writeWallClock(condition.to, zone));
  const amend = useAction((key, to: string | null) => api.amendCondition(key, condition.id, { to }));
  const to = readWallClock(end, zone);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (await amend.run(to === null ? null : formatInstant(to))) onOpenChange(false);
  };
  return (
    <ModalDialog title={title} isOpen={isOpen} onOpenChange={onOpenChange}>
      <form className="ll-form" onSubmit={(event) => void submit(event)}>
        <TextInput
          label={t('roads.end')}
          hint={t('roads.endHint')}
          type="datetime-local"
          value={end}
          onChange={setEnd}
          autoFocus
        />
        {amend.error === null ? null : <Notice tone="refusal">{problem(amend.error)}</Notice>}
        <div className="ll-actions">
          <Button onPress={() => onOpenChange(false)}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={amend.pending || (end !== '' && to === null)}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
