import { instant } from '@lamplight/base';
import { Button, Notice, Segmented, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import '../../styles/catalogue.css';
import { useDesk } from '../../desk/desk.js';
import { useCatalogue } from '../../state/live-board.js';
import { actorText } from '../../state/wording.js';
import { ResourceList } from '../parts/resource-list.js';
import { EntryDialog } from './entry-dialog.js';
import { HistoryDialog } from './history-dialog.js';
import { SaveDialog } from './save-dialog.js';
import { listRows, type SectionRow } from './section-model.js';
import type { SectionSpec, Words } from './section-spec.js';
import { TransferButtons } from './transfer.js';
import { type OpenSection, useSection } from './use-section.js';

const FILTERS = ['all', 'own', 'hidden', 'edited'] as const;
type Filter = (typeof FILTERS)[number];

/**
 * One section of the catalogue: the list, a form for an entry, and what is changed until it is saved. Changes are
 * gathered and saved together with one reason, so that a run card and its second level never take effect apart.
 */
export function CatalogueSection<Entry extends object>({
  spec,
}: {
  readonly spec: SectionSpec<Entry>;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const { administer } = useDesk().powers;
  const section = useSection(spec);
  const [filter, setFilter] = useState<Filter>('all');
  /** The key of the entry that is open; '' for a new one. */
  const [open, setOpen] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState<number | null>(null);
  const { state, edits, error } = section;
  useWarningBeforeLeaving(edits.size > 0);

  const rows = useMemo(() => (state ? listRows(state, edits, spec.keyOf) : null), [state, edits, spec]);
  const words: Words = { intl, catalogue };
  const opened = rows?.find(({ key }) => key === open);
  return (
    <>
      <SectionHead section={section} spec={spec} />
      {saved === null ? null : <Notice tone="good">{t('catalogue.saved', { version: saved })}</Notice>}
      <ResourceList<SectionRow<Entry>>
        label={t(`catalogue.title.${spec.section}`)}
        source={{ value: rows, error, reload: section.reload }}
        row={(item) => {
          const name = spec.nameOf(item.entry);
          return {
            id: item.key,
            item,
            name: `${intl.name(name)} ${item.key}`,
            words: `${name.en} ${name.zh} ${spec.summaryOf(item.entry, words)}`,
          };
        }}
        shows={(row) => fits(row, filter)}
        filter={
          <Segmented<Filter>
            label={t('catalogue.filter')}
            hideLabel
            value={filter}
            choices={FILTERS.map((id) => ({ id, label: t(`catalogue.filter.${id}`) }))}
            onChange={setFilter}
          />
        }
        onOpen={({ key }) => setOpen(key)}
        add={administer ? { label: t('catalogue.add'), onPress: () => setOpen('') } : undefined}
        empty={t('catalogue.none')}
      >
        {(row) => <EntryRow row={row} spec={spec} words={words} />}
      </ResourceList>
      {edits.size > 0 && administer ? (
        <section className="catalogue-unsaved" aria-label={t('catalogue.unsavedLabel')}>
          <strong>{t('catalogue.unsaved', { count: edits.size })}</strong>
          <Button onPress={section.discard}>{t('catalogue.discard')}</Button>
          <Button variant="primary" onPress={() => setSaving(true)}>
            {t('catalogue.review')}
          </Button>
        </section>
      ) : null}
      {open === null || !rows || (open !== '' && !opened) ? null : (
        <EntryDialog
          key={open}
          spec={spec}
          row={opened ?? null}
          section={section}
          isTaken={(key) => rows.some((row) => row.key === key)}
          isReadOnly={!administer}
          onClose={() => setOpen(null)}
        />
      )}
      {saving ? (
        <SaveDialog
          spec={spec}
          section={section}
          onClose={() => setSaving(false)}
          onSaved={(version) => {
            setSaving(false);
            setSaved(version);
          }}
        />
      ) : null}
    </>
  );
}

const fits = ({ origin, hidden, edited }: SectionRow<unknown>, filter: Filter): boolean => {
  switch (filter) {
    case 'all':
      return true;
    case 'own':
      return origin !== 'shipped';
    case 'hidden':
      return hidden;
    case 'edited':
      return edited;
  }
};

/** Which version holds and who made it, and the ways to older ones and to files. */
function SectionHead<Entry>({
  section,
  spec,
}: {
  readonly section: OpenSection<Entry>;
  readonly spec: SectionSpec<Entry>;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const [showsHistory, setShowsHistory] = useState(false);
  const { state } = section;
  return (
    <div className="catalogue-head">
      <p className="muted">
        {state === null
          ? ''
          : state.version === 0 || state.at === null || state.actor === null
            ? t('catalogue.asShipped')
            : t('catalogue.version', {
                version: state.version,
                who: actorText(state.actor, intl),
                when: intl.dateTime(instant(state.at)),
                reason: state.reason ?? '',
              })}
      </p>
      <div className="catalogue-inline">
        <Button size="small" isDisabled={state === null} onPress={() => setShowsHistory(true)}>
          {t('catalogue.history')}
        </Button>
        <TransferButtons spec={spec} section={section} />
      </div>
      {showsHistory ? (
        <HistoryDialog spec={spec} section={section} onClose={() => setShowsHistory(false)} />
      ) : null}
    </div>
  );
}

function EntryRow<Entry>({
  row: { key, entry, origin, hidden, edited },
  spec,
  words,
}: {
  readonly row: SectionRow<Entry>;
  readonly spec: SectionSpec<Entry>;
  readonly words: Words;
}): ReactNode {
  const { t, name } = words.intl;
  return (
    <>
      <span className="admin-cell admin-name">
        <strong>{name(spec.nameOf(entry))}</strong>
        <span className="muted">{key}</span>
      </span>
      <span className="admin-cell catalogue-summary">{spec.summaryOf(entry, words)}</span>
      <span className="admin-cell catalogue-tags">
        {edited ? <span className="tag catalogue-edited">{t('catalogue.tag.edited')}</span> : null}
        {origin === 'shipped' ? null : <span className="tag">{t(`catalogue.tag.${origin}`)}</span>}
        {hidden ? <span className="tag">{t('catalogue.tag.hidden')}</span> : null}
      </span>
    </>
  );
}

/** The browser asks before the page is left with changes that are nowhere else. */
function useWarningBeforeLeaving(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [active]);
}
