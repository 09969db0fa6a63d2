import type { IncidentHit, IncidentSearchQuery } from '@lamplight/contracts';
import { Button, Notice, PriorityMark, SelectInput, TextInput, useIntl } from '@lamplight/ui';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import '../styles/after.css';
import { useTitle } from '../shell/title.js';
import { useCatalogue, useNow, useWork } from '../state/live-board.js';
import { powersOf } from '../state/powers.js';
import { Link } from '../state/router.js';
import { useServer } from '../state/server.js';
import { placeText, priorityText } from '../state/wording.js';
import { ExportButtons } from './export/export-buttons.js';
import type { ExportTable } from './export/table.js';
import { PeriodField } from './period-field.js';
import {
  emptyForm,
  type FormFault,
  INCIDENT_ORDERS,
  type IncidentOrder,
  queryOf,
  SEARCH_PRIORITIES,
  SEARCH_STATUSES,
  type SearchForm,
} from './search-query.js';

/** What each account searched for last, so that it is still there on the way back from an incident. Gone with the page. */
const kept = new Map<string, SearchForm>();

/** The search over all incidents, open and over. */
export function IncidentsPage(): ReactNode {
  const { t, zone } = useIntl();
  const { session } = useServer();
  const account = session.state === 'in' ? session.account : null;
  const now = useNow();
  const { units } = useWork();
  const [form, setForm] = useState<SearchForm>(() => kept.get(account?.id ?? '') ?? emptyForm(now, zone));
  const [query, setQuery] = useState<IncidentSearchQuery | null>(() => {
    const asked = queryOf(form, { now, zone, units: units.values() });
    return 'query' in asked ? asked.query : {};
  });
  const [fault, setFault] = useState<FormFault | null>(null);
  useTitle(t('after.title'));

  const search = (next: SearchForm): void => {
    setForm(next);
    kept.set(account?.id ?? '', next);
    const asked = queryOf(next, { now, zone, units: units.values() });
    setFault('fault' in asked ? asked.fault : null);
    setQuery('query' in asked ? asked.query : null);
  };

  return (
    <main id="main" className="after" tabIndex={-1}>
      <header className="after-head">
        <h1>{t('after.title')}</h1>
        {account && powersOf(account).report ? <Link to="/replay">{t('after.boardReplay')}</Link> : null}
      </header>
      <SearchFields form={form} onType={setForm} onSearch={search} />
      {fault ? <Notice tone="warning">{t(fault)}</Notice> : null}
      {query ? <Hits query={query} /> : null}
    </main>
  );
}

function SearchFields({
  form,
  onType,
  onSearch,
}: {
  readonly form: SearchForm;
  onType(form: SearchForm): void;
  onSearch(form: SearchForm): void;
}): ReactNode {
  const intl = useIntl();
  const { t, name } = intl;
  const catalogue = useCatalogue();
  const any = { id: 'any', label: t('after.any') } as const;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSearch(form);
  };
  return (
    <search className="after-search no-print">
      <form onSubmit={submit}>
        <div className="after-search-text">
          <TextInput
            label={t('after.text')}
            hint={t('after.textHint')}
            type="search"
            autoFocus
            value={form.text}
            onChange={(text) => onType({ ...form, text })}
          />
          <Button type="submit" variant="primary">
            {t('after.search')}
          </Button>
        </div>
        <div className="after-search-fields">
          <SelectInput<SearchForm['status']>
            label={t('after.status')}
            value={form.status}
            choices={[any, ...SEARCH_STATUSES.map((id) => ({ id, label: t(`status.${id}`) }))]}
            onChange={(status) => onSearch({ ...form, status })}
          />
          <SelectInput
            label={t('after.type')}
            value={form.type}
            choices={[
              any,
              ...catalogue.types.map(({ code, name: text }) => ({ id: code, label: name(text) })),
            ]}
            onChange={(type) => onSearch({ ...form, type })}
          />
          <SelectInput<SearchForm['priority']>
            label={t('priority.label')}
            value={form.priority}
            choices={[
              any,
              ...SEARCH_PRIORITIES.map((each) => ({
                id: `${each}` as const,
                label: priorityText(each, intl),
              })),
            ]}
            onChange={(priority) => onSearch({ ...form, priority })}
          />
          <SelectInput
            label={t('incident.disposition')}
            value={form.disposition}
            choices={[
              any,
              ...catalogue.dispositions.map(({ code, name: text }) => ({ id: code, label: name(text) })),
            ]}
            onChange={(disposition) => onSearch({ ...form, disposition })}
          />
          <TextInput
            label={t('after.unit')}
            value={form.callSign}
            onChange={(callSign) => onType({ ...form, callSign })}
          />
          <SelectInput<IncidentOrder>
            label={t('after.order')}
            value={form.order}
            choices={INCIDENT_ORDERS.map((id) => ({ id, label: t(`after.order.${id}`) }))}
            onChange={(order) => onSearch({ ...form, order })}
          />
        </div>
        <PeriodField
          value={form.period}
          kinds={['all', 'day', 'week', 'month', 'year', 'custom']}
          onChange={(period) => onSearch({ ...form, period })}
        />
      </form>
    </search>
  );
}

interface Found {
  readonly query: IncidentSearchQuery;
  readonly hits: readonly IncidentHit[];
  readonly next: string | null;
  readonly total: number | null;
  readonly mostCounted: number;
}

function Hits({ query }: { readonly query: IncidentSearchQuery }): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const [found, setFound] = useState<Found | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [loading, setLoading] = useState(true);
  /** The search that is shown or waited for; what comes in for an earlier one is late and thrown away. */
  const current = useRef(query);

  useEffect(() => {
    current.current = query;
    setLoading(true);
    api.searchIncidents(query).then(
      (page) => {
        if (current.current !== query) return;
        setFound({ ...page, query });
        setError(null);
        setLoading(false);
      },
      (reason: unknown) => {
        if (current.current !== query) return;
        setError(reason);
        setLoading(false);
      },
    );
  }, [api, query]);

  const more = async (): Promise<void> => {
    if (!found?.next) return;
    setLoading(true);
    try {
      const page = await api.searchIncidents({ ...query, cursor: found.next });
      if (current.current !== query) return;
      setFound({ ...found, hits: [...found.hits, ...page.hits], next: page.next });
      setError(null);
    } catch (reason) {
      setError(reason);
    }
    setLoading(false);
  };

  return (
    <>
      {error === null ? null : (
        <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
      )}
      <div className="after-result-head">
        <p role="status" className="muted">
          {found === null || found.query !== query
            ? loading
              ? t('common.loading')
              : ''
            : found.total === null
              ? t('after.foundMany', { most: found.mostCounted })
              : t('after.found', { count: found.total, shown: found.hits.length })}
        </p>
        {found && found.hits.length > 0 ? <HitsExport hits={found.hits} /> : null}
      </div>
      {found && found.hits.length > 0 ? <HitTable hits={found.hits} stale={found.query !== query} /> : null}
      {found?.next ? (
        <Button isDisabled={loading} onPress={() => void more()}>
          {t('after.more')}
        </Button>
      ) : null}
    </>
  );
}

function HitTable({
  hits,
  stale,
}: {
  readonly hits: readonly IncidentHit[];
  readonly stale: boolean;
}): ReactNode {
  const intl = useIntl();
  const { t, dateTime, list } = intl;
  const catalogue = useCatalogue();
  const { units } = useWork();
  return (
    <table className={`after-table ${stale ? 'after-stale' : ''}`}>
      <thead>
        <tr>
          <th scope="col">{t('after.number')}</th>
          <th scope="col">{t('after.opened')}</th>
          <th scope="col">{t('after.type')}</th>
          <th scope="col">{t('after.place')}</th>
          <th scope="col">{t('after.status')}</th>
          <th scope="col">{t('after.units')}</th>
        </tr>
      </thead>
      <tbody>
        {hits.map((hit) => (
          <tr key={hit.id}>
            <th scope="row">
              <Link to={`/incidents/${hit.id}`}>{hit.number}</Link>
            </th>
            <td data-label={t('after.opened')}>{dateTime(hit.openedAt)}</td>
            <td data-label={t('after.type')}>
              <span className="after-type">
                <PriorityMark priority={hit.priority} size={18} />
                <span className="ll-visually-hidden">{priorityText(hit.priority, intl)}</span>
                {catalogue.typeName(hit.typeCode, intl)}
              </span>
            </td>
            <td data-label={t('after.place')}>
              {placeText(hit.location, intl)}
              {hit.location?.label && hit.location.words ? (
                <span className="muted after-words">“{hit.location.words}”</span>
              ) : null}
              {hit.excerpt === null ? null : (
                <span className="after-excerpt">
                  {t('after.inNote')} {hit.excerpt}
                </span>
              )}
              {hit.callers.map(({ name, number }) => (
                <span key={`${name} ${number}`} className="after-excerpt">
                  {t('after.caller')} {[name, number].filter(Boolean).join(' ')}
                </span>
              ))}
            </td>
            <td data-label={t('after.status')}>
              {t(`status.${hit.status}`)}
              {hit.disposition === null ? null : (
                <span className="muted after-words">{catalogue.dispositionName(hit.disposition, intl)}</span>
              )}
            </td>
            <td data-label={t('after.units')}>
              {hit.unitIds.length === 0 ? '–' : list(hit.unitIds.map((id) => units.get(id)?.callSign ?? id))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Callers are left out: a file goes where the console's log of looks does not follow. */
function HitsExport({ hits }: { readonly hits: readonly IncidentHit[] }): ReactNode {
  const intl = useIntl();
  const { t, name } = intl;
  const catalogue = useCatalogue();
  const { units } = useWork();
  const table: ExportTable = {
    title: t('after.title'),
    columns: [
      t('after.number'),
      t('after.opened'),
      t('after.closed'),
      t('after.type'),
      t('priority.label'),
      t('after.place'),
      t('incident.words'),
      t('after.status'),
      t('incident.disposition'),
      t('after.units'),
    ],
    rows: hits.map((hit) => [
      hit.number,
      { at: hit.openedAt },
      hit.closedAt === null ? null : { at: hit.closedAt },
      catalogue.typeName(hit.typeCode, intl),
      hit.priority,
      hit.location?.label ?? null,
      hit.location?.words ?? null,
      t(`status.${hit.status}`),
      hit.disposition === null ? null : catalogue.dispositionName(hit.disposition, intl),
      hit.unitIds.map((id) => units.get(id)?.callSign ?? id).join(' '),
    ]),
  };
  return <ExportButtons name={name({ en: 'incidents', zh: '警情' })} tables={[table]} />;
}
