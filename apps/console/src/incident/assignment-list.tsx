import { type Instant, type Seconds, seconds } from '@lamplight/base';
import {
  type Assignment,
  type AssignmentStage,
  Button,
  isActive,
  isEnded,
  type Language,
  lastStampOf,
  Notice,
  PROGRESS_STAGES,
  REPORTED_STAGES,
  type ReportedStage,
  UnitMarkIcon,
  unitMarkOf,
  unitViewOf,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { Elapsed } from '../board/elapsed.js';
import { useDesk } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { actorText } from '../state/wording.js';
import { CorrectStamp } from './correct-stamp.js';
import { ReasonDialog } from './reason-dialog.js';

export function AssignmentList({
  assignments,
  mayDispatch,
}: {
  readonly assignments: readonly Assignment[];
  readonly mayDispatch: boolean;
}): ReactNode {
  const { t } = useIntl();
  return (
    <section aria-labelledby="assignments-title">
      <h3 id="assignments-title" className="panel-heading">
        {t('incident.assignments')} <span className="count">{assignments.length}</span>
      </h3>
      <ul className="assignment-list">
        {assignments.map((assignment) => (
          <AssignmentRow key={assignment.id} assignment={assignment} mayDispatch={mayDispatch} />
        ))}
      </ul>
    </section>
  );
}

/** The report that a crew will usually give next. */
const USUALLY_NEXT: Readonly<Partial<Record<AssignmentStage, ReportedStage>>> = {
  dispatched: 'acknowledged',
  acknowledged: 'enroute',
  enroute: 'onScene',
  staged: 'onScene',
  onScene: 'actionBegun',
  actionBegun: 'cleared',
  transporting: 'atDestination',
  atDestination: 'cleared',
};

function AssignmentRow({
  assignment,
  mayDispatch,
}: {
  readonly assignment: Assignment;
  readonly mayDispatch: boolean;
}): ReactNode {
  const intl = useIntl();
  const { t, problem } = intl;
  const { selectUnit } = useDesk();
  const { api } = useServer();
  const board = useWork();
  const catalogue = useCatalogue();
  const unit = board.units.get(assignment.unitId);
  const callSign = unit?.callSign ?? assignment.unitId;
  const progress = useAction((key, stage: ReportedStage) => api.reportProgress(key, assignment.id, stage));
  const sendNow = useAction((key) => api.sendProposed(key, assignment.id));
  const callOff = useAction((key, reason: string) => api.cancelAssignment(key, assignment.id, reason));
  const decline = useAction((key, reason: string) => api.declineAssignment(key, assignment.id, reason));
  const [open, setOpen] = useState<'cancel' | 'decline' | 'correct' | null>(null);
  const onOpenChange = (isOpen: boolean): void => {
    if (!isOpen) setOpen(null);
  };
  const error = progress.error ?? sendNow.error;
  const next = USUALLY_NEXT[assignment.stage];
  const ended = isEnded(assignment);
  return (
    <li className={`assignment ${ended ? 'assignment-ended' : ''}`}>
      <div className="assignment-head">
        {unit && !ended ? (
          <UnitMarkIcon mark={unitMarkOf(unitViewOf(board, unit, catalogue.effectOf))} />
        ) : null}
        <button type="button" className="link-button" onClick={() => selectUnit(assignment.unitId)}>
          {callSign}
        </button>
        <span className="assignment-stage">{t(`stage.${assignment.stage}`)}</span>
        {ended ? null : <Elapsed since={lastStampOf(assignment)} className="assignment-clock" />}
        {ended || assignment.stamps.onScene !== undefined ? null : (
          <span className="muted">{etaText(assignment, intl)}</span>
        )}
      </div>
      <StageStamps assignment={assignment} />
      <Discrepancies assignment={assignment} />
      <Corrections assignment={assignment} />
      {assignment.endReason ? <p className="muted">{endReasonText(assignment, t)}</p> : null}
      {error === null ? null : <Notice tone="refusal">{problem(error)}</Notice>}
      {mayDispatch && !ended ? (
        <fieldset className="assignment-actions" aria-label={t('assignment.progress', { callSign })}>
          {assignment.stage === 'proposed' ? (
            <Button size="small" variant="primary" onPress={() => void sendNow.run()}>
              {t('assignment.sendNow')}
            </Button>
          ) : null}
          {next ? (
            <Button size="small" isDisabled={progress.pending} onPress={() => void progress.run(next)}>
              <span aria-hidden="true">→</span> {t(`stage.${next}`)}
            </Button>
          ) : null}
          <MenuTrigger>
            <AriaButton className="ll-button ll-button-quiet ll-button-small">
              {t('assignment.other')}
            </AriaButton>
            <Popover className="ll-popover">
              <Menu
                className="ll-listbox"
                onAction={(key) => {
                  const stage = REPORTED_STAGES.find((each) => each === key);
                  if (stage) void progress.run(stage);
                  if (key === 'decline' || key === 'correct') setOpen(key);
                }}
              >
                {isActive(assignment)
                  ? REPORTED_STAGES.map((stage) => (
                      <MenuItem key={stage} id={stage} className="ll-option">
                        {t(`stage.${stage}`)}
                      </MenuItem>
                    ))
                  : null}
                {isActive(assignment) ? <Separator className="menu-line" /> : null}
                <MenuItem id="decline" className="ll-option">
                  {t('assignment.decline')}
                </MenuItem>
                <MenuItem id="correct" className="ll-option">
                  {t('assignment.correct')}
                </MenuItem>
              </Menu>
            </Popover>
          </MenuTrigger>
          <Button size="small" variant="quiet" onPress={() => setOpen('cancel')}>
            {t('assignment.cancel')}
          </Button>
        </fieldset>
      ) : mayDispatch ? (
        <div className="assignment-actions">
          <Button size="small" variant="quiet" onPress={() => setOpen('correct')}>
            {t('assignment.correct')}
          </Button>
        </div>
      ) : null}
      <ReasonDialog
        title={t('assignment.cancelTitle', { callSign })}
        confirm={t('assignment.cancelTitle', { callSign })}
        action={callOff}
        isOpen={open === 'cancel'}
        onOpenChange={onOpenChange}
      />
      <ReasonDialog
        title={t('assignment.declineTitle', { callSign })}
        confirm={t('assignment.declineTitle', { callSign })}
        action={decline}
        isOpen={open === 'decline'}
        onOpenChange={onOpenChange}
      />
      <CorrectStamp
        assignment={assignment}
        callSign={callSign}
        isOpen={open === 'correct'}
        onOpenChange={onOpenChange}
      />
    </li>
  );
}

/** The crew's own stamps: each with the time it took since the one before. */
function StageStamps({ assignment }: { readonly assignment: Assignment }): ReactNode {
  const { t, time, duration } = useIntl();
  const reached: { readonly stage: (typeof PROGRESS_STAGES)[number]; readonly at: Instant }[] = [];
  for (const stage of PROGRESS_STAGES) {
    const at = assignment.stamps[stage];
    if (at !== undefined) reached.push({ stage, at });
  }
  return (
    <ol className="stage-stamps">
      {reached.map(({ stage, at }, index) => {
        const before = reached[index - 1];
        return (
          <li key={stage}>
            <span className="muted">{t(`stage.${stage}`)}</span> {time(at)}
            {before ? (
              <span className="muted"> {signed(seconds((at - before.at) / 1000), duration)}</span>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

/** A corrected stamp may lie before the one it follows. */
const signed = (passed: Seconds, duration: Language['duration']): string =>
  passed < 0 ? `−${duration(seconds(-passed))}` : `+${duration(passed)}`;

/** Which stamps somebody has corrected, and why. */
function Corrections({ assignment }: { readonly assignment: Assignment }): ReactNode {
  const intl = useIntl();
  const { t, time } = intl;
  if (assignment.corrections.length === 0) return null;
  return (
    <ul className="corrections muted">
      {assignment.corrections.map(({ stage, from, to, by, at, reason }) => (
        <li key={`${stage} ${at}`}>
          {t('stamp.corrected', {
            stage: t(`stage.${stage}`),
            from: from === null ? '–' : time(from),
            to: time(to),
            who: actorText(by, intl),
            reason,
          })}
        </li>
      ))}
    </ul>
  );
}

function Discrepancies({ assignment }: { readonly assignment: Assignment }): ReactNode {
  const { t, time } = useIntl();
  if (assignment.discrepancies.length === 0) return null;
  return (
    <ul className="discrepancies">
      {assignment.discrepancies.map(({ stage, kind, reported, kept, notedAt }) => (
        <li key={`${stage} ${kind} ${notedAt} ${reported}`}>
          <span aria-hidden="true">⚠ </span>
          {t('discrepancy.title', {
            stage: t(`stage.${stage}`),
            text: t(`discrepancy.${kind}`, {
              reported: time(reported),
              kept: kept === null ? t('discrepancy.none') : time(kept),
            }),
          })}
        </li>
      ))}
    </ul>
  );
}

/** What was expected at first, or since the roads changed. */
function etaText({ etaSeconds, revisedEta }: Assignment, { t, time, duration }: Language): string | null {
  if (revisedEta === null)
    return etaSeconds === null ? null : t('assignment.eta', { eta: duration(etaSeconds) });
  const at = time(revisedEta.at);
  return revisedEta.seconds === null
    ? t('assignment.noWay', { time: at })
    : t('assignment.revisedEta', { time: at, eta: duration(revisedEta.seconds) });
}

/** People's own words as they are; what the system says, in the reader's language. */
function endReasonText({ stage, endReason }: Assignment, t: ReturnType<typeof useIntl>['t']): string | null {
  if (stage === 'preempted') return t('assignment.sentTo', { number: endReason ?? '' });
  if (endReason === 'incident-closed') return t('assignment.incidentClosed');
  if (endReason === 'duty-ended') return t('assignment.dutyEnded');
  return endReason;
}
