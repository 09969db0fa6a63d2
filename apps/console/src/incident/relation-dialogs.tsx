import {
  Button,
  type Incident,
  isEnded,
  LINK_RELATIONS,
  type LinkRelation,
  ModalDialog,
  Notice,
  newId,
  Segmented,
  TextAreaInput,
  useIntl,
} from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { Checkbox, CheckboxGroup, Label } from 'react-aria-components';
import { useDesk } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useWork } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import type { DialogProps } from './incident-actions.js';
import { PickIncident } from './pick-incident.js';

interface FormProps extends Pick<DialogProps, 'view'> {
  onDone(): void;
}

/** Links another incident: both stay, and each shows the other. */
export function LinkDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t } = useIntl();
  const { number } = view.incident;
  return (
    <ModalDialog title={t('link.title', { number })} isOpen={isOpen} onOpenChange={onOpenChange}>
      <LinkForm view={view} onDone={() => onOpenChange(false)} />
    </ModalDialog>
  );
}

function LinkForm({ view: { incident }, onDone }: FormProps): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const board = useWork();
  const [otherId, setOtherId] = useState<string | null>(null);
  const [relation, setRelation] = useState<LinkRelation>('related');
  const link = useAction((key, other: string, as: LinkRelation) =>
    api.linkIncidents(key, incident.id, other, as),
  );
  const other = otherId === null ? undefined : board.incidents.get(otherId);
  return (
    <>
      <PickIncident label={t('link.other')} except={incident.id} value={otherId} onChange={setOtherId} />
      <Segmented
        label={t('link.as')}
        value={relation}
        choices={LINK_RELATIONS.map((id) => ({ id, label: t(`relation.${id}`) }))}
        hint={other && t(`link.says.${relation}`, { number: incident.number, other: other.number })}
        onChange={(chosen) => setRelation(chosen)}
      />
      {link.error === null ? null : <Notice tone="refusal">{problem(link.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={onDone}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={otherId === null || link.pending}
          onPress={() => {
            if (otherId !== null) void link.run(otherId, relation).then((done) => done && onDone());
          }}
        >
          {t('link.do')}
        </Button>
      </div>
    </>
  );
}

/** Merges this incident into another, after telling what then happens. */
export function MergeDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t } = useIntl();
  const { number } = view.incident;
  return (
    <ModalDialog title={t('merge.title', { number })} isOpen={isOpen} onOpenChange={onOpenChange}>
      <MergeForm view={view} onDone={() => onOpenChange(false)} />
    </ModalDialog>
  );
}

function MergeForm({ view: { incident, calls, assignments }, onDone }: FormProps): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const { openIncident } = useDesk();
  const board = useWork();
  const [into, setInto] = useState<string | null>(null);
  const merge = useAction((key, other: string) => api.mergeIncident(key, incident.id, other));
  const other = into === null ? undefined : board.incidents.get(into);
  const confirm = async (): Promise<void> => {
    if (into === null || !(await merge.run(into))) return;
    onDone();
    openIncident(into);
  };
  return (
    <>
      <PickIncident label={t('merge.into')} except={incident.id} onlyOpen value={into} onChange={setInto} />
      {other ? (
        <Notice>
          {t('merge.says', {
            number: incident.number,
            other: other.number,
            calls: calls.length,
            units: assignments.filter((each) => !isEnded(each)).length,
          })}
        </Notice>
      ) : null}
      {merge.error === null ? null : (
        <Notice tone="refusal">{problem(merge.error, (id) => board.units.get(id)?.callSign ?? id)}</Notice>
      )}
      <div className="ll-actions">
        <Button onPress={onDone}>{t('common.cancel')}</Button>
        <Button variant="primary" isDisabled={into === null || merge.pending} onPress={() => void confirm()}>
          {t('merge.do')}
        </Button>
      </div>
    </>
  );
}

/** Moves some calls and units to a new incident. */
export function SplitDialog({ view, isOpen, onOpenChange }: DialogProps): ReactNode {
  const { t } = useIntl();
  const { number } = view.incident;
  return (
    <ModalDialog title={t('split.title', { number })} isOpen={isOpen} onOpenChange={onOpenChange}>
      <SplitForm view={view} onDone={() => onOpenChange(false)} />
    </ModalDialog>
  );
}

function SplitForm({ view: { incident, calls, assignments }, onDone }: FormProps): ReactNode {
  const { t, time, problem } = useIntl();
  const { api } = useServer();
  const { openIncident } = useDesk();
  const board = useWork();
  const [callIds, setCallIds] = useState<readonly string[]>([]);
  const [assignmentIds, setAssignmentIds] = useState<readonly string[]>([]);
  const [reason, setReason] = useState('');
  // Made once for the form, so that pressing again after a failure makes no second incident.
  const [newIncidentId] = useState(newId);
  const split = useAction((key, body: { callIds: string[]; assignmentIds: string[]; reason: string }) =>
    api.splitIncident(key, incident.id, { ...body, newIncidentId }),
  );
  const open = assignments.filter((each) => !isEnded(each));
  const confirm = async (): Promise<void> => {
    const body = { callIds: [...callIds], assignmentIds: [...assignmentIds], reason: reason.trim() };
    if (!(await split.run(body))) return;
    onDone();
    openIncident(newIncidentId);
  };
  return (
    <>
      <p className="muted">{t('split.says')}</p>
      {calls.length > 0 ? (
        <CheckboxGroup className="ll-field" value={[...callIds]} onChange={setCallIds}>
          <Label>{t('split.calls')}</Label>
          {calls.map((call) => (
            <Checkbox key={call.id} value={call.id} className="check">
              <span className="check-box" aria-hidden="true" />
              {time(call.ringAt)} · {call.callerName ?? call.callerNumber ?? t('incident.numberHidden')}
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : null}
      {open.length > 0 ? (
        <CheckboxGroup className="ll-field" value={[...assignmentIds]} onChange={setAssignmentIds}>
          <Label>{t('split.units')}</Label>
          {open.map(({ id, unitId, stage }) => (
            <Checkbox key={id} value={id} className="check">
              <span className="check-box" aria-hidden="true" />
              {board.units.get(unitId)?.callSign ?? unitId} · {t(`stage.${stage}`)}
            </Checkbox>
          ))}
        </CheckboxGroup>
      ) : null}
      <TextAreaInput
        label={t('common.reason')}
        hint={t('common.reasonHint')}
        value={reason}
        onChange={setReason}
        isRequired
      />
      {split.error === null ? null : <Notice tone="refusal">{problem(split.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={onDone}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          isDisabled={callIds.length + assignmentIds.length === 0 || reason.trim() === '' || split.pending}
          onPress={() => void confirm()}
        >
          {t('split.do')}
        </Button>
      </div>
    </>
  );
}

/** The incidents that this one is linked to, merged into or split from. */
export function LinkedIncidents({
  incident,
  mayChange,
}: {
  readonly incident: Incident;
  readonly mayChange: boolean;
}): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const { openIncident } = useDesk();
  const board = useWork();
  const unlink = useAction((key, otherId: string) => api.unlinkIncidents(key, incident.id, otherId));
  const numberOf = (id: string): string => board.incidents.get(id)?.number ?? id.slice(0, 8);
  if (incident.links.length === 0 && incident.splitFrom === null) return null;
  return (
    <section aria-labelledby="links-title">
      <h3 id="links-title" className="panel-heading">
        {t('incident.linked')}
      </h3>
      <ul className="link-list">
        {incident.links.map(({ incidentId, relation }) => (
          <li key={`${incidentId} ${relation}`}>
            <span className="muted">{t(`relation.${relation}`)}</span>{' '}
            <button type="button" className="link-button" onClick={() => openIncident(incidentId)}>
              {numberOf(incidentId)}
            </button>
            {mayChange && incident.status === 'open' ? (
              <Button
                size="small"
                variant="quiet"
                isDisabled={unlink.pending}
                aria-label={t('link.undo', { number: numberOf(incidentId) })}
                onPress={() => void unlink.run(incidentId)}
              >
                <span aria-hidden="true">✕</span>
              </Button>
            ) : null}
          </li>
        ))}
        {incident.splitFrom === null ? null : (
          <li>
            <span className="muted">{t('split.from')}</span>{' '}
            <button
              type="button"
              className="link-button"
              onClick={() => incident.splitFrom !== null && openIncident(incident.splitFrom)}
            >
              {numberOf(incident.splitFrom)}
            </button>
          </li>
        )}
      </ul>
      {unlink.error === null ? null : <Notice tone="refusal">{problem(unlink.error)}</Notice>}
    </section>
  );
}
