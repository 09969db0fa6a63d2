import { instant } from '@lamplight/base';
import { Button, ModalDialog, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useState } from 'react';
import { useDesk } from '../../desk/desk.js';
import { useServer } from '../../state/server.js';
import { actorText } from '../../state/wording.js';
import { Changes, type EntryChange } from './differences.js';
import type { SectionContent, SectionState } from './section-model.js';
import type { SectionSpec } from './section-spec.js';
import type { OpenSection } from './use-section.js';

interface Version<Entry> {
  readonly version: number;
  readonly at: number | null;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly content: SectionContent<Entry>;
}

/** All versions of a section, the newest first: who made each, when, why, and what it changed. */
export function HistoryDialog<Entry>({
  spec,
  section,
  onClose,
}: {
  readonly spec: SectionSpec<Entry>;
  readonly section: OpenSection<Entry>;
  onClose(): void;
}): ReactNode {
  const { t, problem } = useIntl();
  const { api } = useServer();
  const [versions, setVersions] = useState<readonly Version<Entry>[]>([]);
  /** `undefined` before the first page. */
  const [next, setNext] = useState<number | null | undefined>(undefined);
  const [error, setError] = useState<unknown>(null);

  const load = async (before: number | null): Promise<void> => {
    try {
      const page = await api.configurationHistory(spec.section, before);
      const read = page.versions.map((version) => ({
        ...version,
        content: spec.schema.parse(version.content),
      }));
      setVersions((known) => (before === null ? read : [...known, ...read]));
      setNext(page.next);
      setError(null);
    } catch (thrown) {
      setError(thrown);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened
  useEffect(() => void load(null), []);

  const { state } = section;
  return (
    <ModalDialog title={t('catalogue.historyTitle')} isOpen onOpenChange={(open) => open || onClose()} wide>
      <div className="catalogue-form">
        {error === null ? null : (
          <Notice tone="refusal">{t('common.loadFailed', { reason: problem(error) })}</Notice>
        )}
        {next === undefined && error === null ? <p className="muted">{t('common.loading')}</p> : null}
        {next === null && versions.length === 0 ? <p>{t('catalogue.noHistory')}</p> : null}
        <ol className="catalogue-history">
          {versions.map((version, index) => {
            const earlier = versions[index + 1];
            // What the last of a page changed is known once the page before it is.
            const known = earlier !== undefined || next === null;
            return (
              <li key={version.version}>
                <VersionHead
                  version={version}
                  isCurrent={version.version === state?.version}
                  onRestore={() => {
                    section.takeContent(version.content);
                    onClose();
                  }}
                />
                {state && known ? (
                  <Changes
                    spec={spec}
                    changes={changesBetween(state, earlier?.content ?? NOTHING, version.content, spec)}
                  />
                ) : null}
              </li>
            );
          })}
        </ol>
        {typeof next === 'number' ? (
          <Button onPress={() => void load(next)}>{t('catalogue.older')}</Button>
        ) : null}
        <div className="ll-actions">
          <Button onPress={onClose}>{t('common.close')}</Button>
        </div>
      </div>
    </ModalDialog>
  );
}

const NOTHING = { own: [], hidden: [] } as const;

function VersionHead<Entry>({
  version: { version, at, actor, reason },
  isCurrent,
  onRestore,
}: {
  readonly version: Version<Entry>;
  readonly isCurrent: boolean;
  onRestore(): void;
}): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const { administer } = useDesk().powers;
  return (
    <div className="catalogue-version">
      <p>
        <strong>{t('catalogue.versionNumber', { version })}</strong>{' '}
        {at === null || actor === null
          ? null
          : t('catalogue.versionBy', { who: actorText(actor, intl), when: intl.dateTime(instant(at)) })}
      </p>
      <p>{reason}</p>
      {isCurrent ? (
        <span className="tag">{t('catalogue.current')}</span>
      ) : administer ? (
        <Button size="small" onPress={onRestore}>
          {t('catalogue.restore', { version })}
        </Button>
      ) : null}
    </div>
  );
}

/** What one version changed against the one before it. */
function changesBetween<Entry>(
  { shipped }: SectionState<Entry>,
  before: SectionContent<Entry>,
  after: SectionContent<Entry>,
  { keyOf }: SectionSpec<Entry>,
): readonly EntryChange<Entry>[] {
  const shippedByKey = new Map(shipped.map((entry) => [keyOf(entry), entry]));
  const side = ({ own, hidden }: SectionContent<Entry>) => {
    const ownByKey = new Map(own.map((entry) => [keyOf(entry), entry]));
    return (key: string) => ({
      entry: ownByKey.get(key) ?? shippedByKey.get(key),
      hidden: hidden.includes(key),
    });
  };
  const [was, is] = [side(before), side(after)];
  const keys = [...before.own.map(keyOf), ...before.hidden, ...after.own.map(keyOf), ...after.hidden];
  return [...new Set(keys)]
    .map((key) => ({ key, before: was(key), after: is(key) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}
