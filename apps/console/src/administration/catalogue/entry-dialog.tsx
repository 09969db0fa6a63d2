import { Button, ModalDialog, Notice, TextInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useCatalogue } from '../../state/live-board.js';
import { OnOff } from '../parts/choices.js';
import { FactList } from './differences.js';
import type { SectionRow } from './section-model.js';
import type { SectionSpec } from './section-spec.js';
import type { OpenSection } from './use-section.js';

/** One entry in a form. What is applied here is gathered, and takes effect when the section is saved. */
export function EntryDialog<Entry>({
  spec,
  row,
  section,
  isTaken,
  isReadOnly,
  onClose,
}: {
  readonly spec: SectionSpec<Entry>;
  /** `null` for a new entry. */
  readonly row: SectionRow<Entry> | null;
  readonly section: OpenSection<Entry>;
  isTaken(key: string): boolean;
  readonly isReadOnly: boolean;
  onClose(): void;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const [entry, setEntry] = useState(() => row?.entry ?? spec.blank());
  const [offered, setOffered] = useState(!row?.hidden);
  const [warned, setWarned] = useState(false);
  const key = spec.keyOf(entry);
  const name = intl.name(spec.nameOf(entry));
  const title = row === null ? t('catalogue.add') : `${name} (${row.key})`;

  if (isReadOnly) {
    return (
      <ModalDialog title={title} isOpen onOpenChange={(open) => open || onClose()} wide>
        <FactList facts={spec.factsOf(entry, { intl, catalogue })} />
        <div className="ll-actions">
          <Button onPress={onClose}>{t('common.close')}</Button>
        </div>
      </ModalDialog>
    );
  }

  const keyFault =
    row !== null
      ? null
      : !spec.keyForm.test(key)
        ? 'catalogue.keyForm'
        : isTaken(key)
          ? 'catalogue.keyTaken'
          : null;
  const { en, zh } = spec.nameOf(entry);
  const isReady = keyFault === null && en.trim() !== '' && zh.trim() !== '';
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    // An entry that is as shipped is not made the agency's own by looking at it.
    const isTouched = row === null || entry !== row.entry || row.origin !== 'shipped';
    section.wish(key, { own: isTouched ? entry : null, hidden: !offered });
    onClose();
  };
  const putBack = (): void => {
    section.wish(key, { own: null, hidden: false });
    onClose();
  };
  const isChanged = entry !== row?.entry && (row !== null || key !== '');
  /** A press beside the dialog must not lose what was typed into it. */
  const leave = (): void => {
    if (isChanged && !warned) setWarned(true);
    else onClose();
  };
  const mayTakeAway = row?.origin === 'own' && (spec.removable || section.savedWish(row.key).own === null);

  return (
    <ModalDialog title={title} isOpen onOpenChange={(open) => open || leave()} wide>
      <form className="ll-form catalogue-form" onSubmit={apply}>
        {row === null ? (
          <TextInput
            label={t(spec.keyLabel)}
            value={key}
            hint={keyFault !== null && key !== '' ? t(keyFault) : t('catalogue.keyHint')}
            onChange={(typed) => setEntry(spec.withKey(entry, spec.upperCase ? typed.toUpperCase() : typed))}
            autoComplete="off"
            autoFocus
            isRequired
          />
        ) : null}
        <spec.Fields entry={entry} onChange={setEntry} />
        <OnOff label={t('catalogue.offered')} value={offered} onChange={setOffered} />
        {offered ? null : <Notice>{t('catalogue.hiddenMeans')}</Notice>}
        {warned ? <Notice tone="warning">{t('catalogue.closeAgain')}</Notice> : null}
        <div className="ll-actions">
          {row?.origin === 'changed' ? (
            <Button variant="quiet" onPress={putBack}>
              {t('catalogue.putBack')}
            </Button>
          ) : null}
          {mayTakeAway ? (
            <Button variant="danger" onPress={putBack}>
              {t('catalogue.takeAway')}
            </Button>
          ) : null}
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={!isReady}>
            {t('catalogue.apply')}
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}
