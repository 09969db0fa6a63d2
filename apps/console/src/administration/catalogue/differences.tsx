import { useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue } from '../../state/live-board.js';
import { type Difference, differencesOf, type Fact } from './section-model.js';
import type { SectionSpec, Words } from './section-spec.js';

/** What an entry says, a fact a line. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="catalogue-facts">
      {facts.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** An entry before and after; `undefined` where there is or was none. */
export interface EntryChange<Entry> {
  readonly key: string;
  readonly before: { readonly entry: Entry | undefined; readonly hidden: boolean };
  readonly after: { readonly entry: Entry | undefined; readonly hidden: boolean };
}

/** What changes in which entries, in words of the reader. */
export function Changes<Entry>({
  spec,
  changes,
}: {
  readonly spec: SectionSpec<Entry>;
  readonly changes: readonly EntryChange<Entry>[];
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const words: Words = { intl, catalogue: useCatalogue() };
  const nameOf = (entry: Entry | undefined, key: string): string =>
    entry === undefined ? key : `${intl.name(spec.nameOf(entry))} (${key})`;
  return (
    <ul className="catalogue-changes">
      {changes.map((change) => (
        <li key={change.key}>
          <strong>{nameOf(change.after.entry ?? change.before.entry, change.key)}</strong>
          <table>
            <thead className="ll-visually-hidden">
              <tr>
                <th scope="col">{t('catalogue.what')}</th>
                <th scope="col">{t('catalogue.before')}</th>
                <th scope="col">{t('catalogue.after')}</th>
              </tr>
            </thead>
            <tbody>
              {differencesIn(change, spec, words).map(({ label, before, after }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{before === null ? <span className="muted">–</span> : <del>{before}</del>}</td>
                  <td>{after === null ? <span className="muted">–</span> : <ins>{after}</ins>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </li>
      ))}
    </ul>
  );
}

function differencesIn<Entry>(
  { before, after }: EntryChange<Entry>,
  spec: SectionSpec<Entry>,
  words: Words,
): readonly Difference[] {
  const { t } = words.intl;
  const facts = ({ entry, hidden }: EntryChange<Entry>['before']): readonly Fact[] =>
    entry === undefined
      ? []
      : [
          ...spec.factsOf(entry, words),
          { label: t('catalogue.offered'), value: t(hidden ? 'catalogue.no' : 'catalogue.yes') },
        ];
  return differencesOf(facts(before), facts(after));
}
