import { PAPER_STAGES, type PaperAnswer } from '@lamplight/contracts';
import { Button, Notice, Segmented, SelectInput, TextInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useDesk } from '../desk/desk.js';
import { TypePicker } from '../intake/type-picker.js';
import { useTitle } from '../shell/title.js';
import { useAction } from '../state/action.js';
import { useCatalogue, useWork } from '../state/live-board.js';
import { Link, navigate } from '../state/router.js';
import { useServer } from '../state/server.js';
import { type EntryDraft, emptyEntry, emptyOrder, readEntry, useEntryDraft } from './entry-draft.js';
import { PlaceLookup } from './place-lookup.js';

const PRIORITIES = [1, 2, 3, 4, 5] as const;

/** Cards that were filled in by hand are entered here, with the times that are written on them. */
export function EntryPage(): ReactNode {
  const intl = useIntl();
  const { t, problem, zone, list } = intl;
  const { api } = useServer();
  const { account, powers, openIncident } = useDesk();
  const catalogue = useCatalogue();
  const { incidents, units } = useWork();
  const [draft, change] = useEntryDraft(account.id);
  const [answer, setAnswer] = useState<PaperAnswer | null>(null);
  const send = useAction(async (_key, record: Parameters<typeof api.enterPaperRecord>[0]) =>
    setAnswer(await api.enterPaperRecord(record)),
  );
  useTitle(t('paper.entry'));

  const read = readEntry(draft, zone);
  const enter = (acceptWarnings: boolean): void => {
    if ('record' in read) void send.run({ record: read.record, acceptWarnings });
  };
  const begin = (): void => {
    change(emptyEntry());
    setAnswer(null);
    send.clear();
  };
  const edit = (part: Partial<EntryDraft>): void => {
    change(part);
    if (answer) setAnswer(null);
  };
  if (!powers.dispatch) {
    return (
      <main id="main" className="page-centre">
        <h1>{t('page.notFound')}</h1>
      </main>
    );
  }
  if (answer?.recorded) {
    const { incidentId } = answer;
    const number = incidentId === null ? undefined : incidents.get(incidentId)?.number;
    return (
      <main id="main" className="paper-entry">
        <h1>{t('paper.entry')}</h1>
        <Notice tone="good">{number ? t('paper.done', { number }) : t('paper.entered')}</Notice>
        <div className="ll-actions">
          {incidentId === null || number === undefined ? null : (
            <Button
              onPress={() => {
                openIncident(incidentId);
                begin();
                navigate('/');
              }}
            >
              {t('paper.open')}
            </Button>
          )}
          <Button variant="primary" onPress={begin} autoFocus>
            {t('paper.another')}
          </Button>
        </div>
      </main>
    );
  }
  const field = (key: 'paperNumber' | 'callerName' | 'callerNumber', label: string): ReactNode => (
    <TextInput label={label} value={draft[key]} onChange={(value) => edit({ [key]: value })} />
  );
  const moment = (label: string, value: string, onChange: (value: string) => void): ReactNode => (
    <TextInput type="datetime-local" label={label} value={value} onChange={onChange} />
  );
  return (
    <main id="main" className="paper-entry">
      <form
        aria-label={t('paper.entry')}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          enter(false);
        }}
      >
        <h1>{t('paper.entry')}</h1>
        <p className="muted">{t('paper.entryIntro')}</p>
        <div className="paper-fields">
          {field('paperNumber', t('paper.number'))}
          {moment(t('paper.rang'), draft.ringAt, (ringAt) => edit({ ringAt }))}
          {moment(t('paper.answered'), draft.answeredAt, (answeredAt) => edit({ answeredAt }))}
          {field('callerName', t('paper.callerName'))}
          {field('callerNumber', t('paper.callerNumber'))}
        </div>
        <PlaceLookup draft={draft} onChange={edit} />
        <div className="paper-fields">
          <TypePicker value={draft.typeCode} onChange={(typeCode) => edit({ typeCode })} />
          <Segmented
            label={t('paper.priority')}
            value={draft.priority === null ? 'none' : String(draft.priority)}
            choices={[
              { id: 'none', label: t('paper.priorityOfType') },
              ...PRIORITIES.map((priority) => ({ id: String(priority), label: String(priority) })),
            ]}
            onChange={(chosen) =>
              edit({ priority: PRIORITIES.find((priority) => String(priority) === chosen) ?? null })
            }
          />
        </div>
        <fieldset>
          <legend>{t('paper.orders')}</legend>
          {draft.orders.map((order, index) => {
            const put = (part: Partial<typeof order>): void =>
              edit({ orders: draft.orders.map((each, at) => (at === index ? { ...each, ...part } : each)) });
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a card have nothing else to tell them apart
              <div key={index} className="paper-fields paper-order">
                <SelectInput
                  label={t('paper.unit')}
                  value={order.unitId}
                  choices={[...units.values()]
                    .filter(({ retired }) => !retired)
                    .map(({ id, callSign }) => ({ id, label: callSign }))
                    .sort((a, b) => a.label.localeCompare(b.label, intl.locale, { numeric: true }))}
                  onChange={(unitId) => put({ unitId })}
                />
                {PAPER_STAGES.map((stage) => (
                  <TextInput
                    key={stage}
                    type="datetime-local"
                    label={t(`paper.stage.${stage}`)}
                    value={order[stage]}
                    onChange={(value) => put({ [stage]: value })}
                  />
                ))}
                <Button
                  size="small"
                  onPress={() => edit({ orders: draft.orders.filter((_, at) => at !== index) })}
                >
                  {t('paper.remove')}
                </Button>
              </div>
            );
          })}
          <Button size="small" onPress={() => edit({ orders: [...draft.orders, emptyOrder] })}>
            {t('paper.addUnit')}
          </Button>
        </fieldset>
        <fieldset>
          <legend>{t('paper.notes')}</legend>
          {draft.notes.map((note, index) => {
            const put = (part: Partial<typeof note>): void =>
              edit({ notes: draft.notes.map((each, at) => (at === index ? { ...each, ...part } : each)) });
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <div key={index} className="paper-fields paper-note">
                {moment(t('paper.noteAt'), note.at, (at) => put({ at }))}
                <TextInput
                  label={t('paper.noteText')}
                  value={note.text}
                  onChange={(value) => put({ text: value })}
                />
                <Button
                  size="small"
                  onPress={() => edit({ notes: draft.notes.filter((_, at) => at !== index) })}
                >
                  {t('paper.remove')}
                </Button>
              </div>
            );
          })}
          <Button
            size="small"
            onPress={() => edit({ notes: [...draft.notes, { at: draft.answeredAt, text: '' }] })}
          >
            {t('paper.addNote')}
          </Button>
        </fieldset>
        <div className="paper-fields">
          {moment(t('paper.closed'), draft.closedAt, (closedAt) => edit({ closedAt }))}
          <SelectInput
            label={t('paper.disposition')}
            value={draft.disposition}
            choices={catalogue.dispositions.map(({ code }) => ({
              id: code,
              label: catalogue.dispositionName(code, intl),
            }))}
            onChange={(disposition) => edit({ disposition })}
          />
        </div>
        {send.error === null ? null : (
          <Notice tone="refusal">{problem(send.error, (id) => units.get(id)?.callSign ?? id)}</Notice>
        )}
        {answer && answer.warnings.length > 0 ? (
          <Notice tone="warning">
            <strong>{t('paper.warnings')}</strong>
            {answer.warnings.map(({ code, subject, number }) => (
              <span key={code + subject + number} className="paper-warning">
                {t(`paper.warning.${code}`, { subject: units.get(subject)?.callSign ?? subject, number })}
              </span>
            ))}
          </Notice>
        ) : null}
        {'missing' in read ? (
          <p className="muted">{t('paper.missing', { fields: list(read.missing.map((key) => t(key))) })}</p>
        ) : null}
        <div className="ll-actions">
          <Link to="/paper">{t('paper.backToPack')}</Link>
          {answer && answer.warnings.length > 0 ? (
            <Button variant="danger" isDisabled={send.pending} onPress={() => enter(true)}>
              {t('paper.accept')}
            </Button>
          ) : null}
          <Button type="submit" variant="primary" isDisabled={send.pending || 'missing' in read}>
            {t('paper.submit')}
          </Button>
        </div>
      </form>
    </main>
  );
}
