import { type Instant, instant } from '@lamplight/base';
import type { CatalogueProblemView } from '@lamplight/contracts';
import {
  Button,
  ModalDialog,
  Notice,
  ProblemError,
  Segmented,
  TextAreaInput,
  TextInput,
  useIntl,
} from '@lamplight/ui';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useAction } from '../../state/action.js';
import { useNow } from '../../state/live-board.js';
import { useServer } from '../../state/server.js';
import { readWallClock, writeWallClock } from '../../state/wall-clock.js';
import { useLoaded } from '../parts/loaded.js';
import { Changes, type EntryChange } from './differences.js';
import { EffectView } from './effect-view.js';
import { type SectionState, savedWish } from './section-model.js';
import type { SectionSpec } from './section-spec.js';
import type { OpenSection } from './use-section.js';

const PERIODS = ['yesterday', 'week', 'custom'] as const;
type Period = (typeof PERIODS)[number];
const DAY = 86_400_000;

/** What is about to change, what it would have done, and the reason for it; then it takes effect. */
export function SaveDialog<Entry>({
  spec,
  section,
  onClose,
  onSaved,
}: {
  readonly spec: SectionSpec<Entry>;
  readonly section: OpenSection<Entry>;
  onClose(): void;
  onSaved(version: number): void;
}): ReactNode {
  const { t, problem, zone, dateTime } = useIntl();
  const { api } = useServer();
  const now = useNow();
  const [reason, setReason] = useState('');
  const [period, setPeriod] = useState<Period>('yesterday');
  const [opened] = useState(now);
  const [custom, setCustom] = useState(() => ({
    from: writeWallClock(instant(opened - DAY), zone),
    to: writeWallClock(opened, zone),
  }));
  const content = section.content();
  const version = section.state?.version ?? 0;

  const span = (): { from: string; to: string } | null => {
    if (period === 'yesterday') return null;
    const from = period === 'week' ? instant(opened - 7 * DAY) : readWallClock(custom.from, zone);
    const to = period === 'week' ? opened : readWallClock(custom.to, zone);
    return from !== null && to !== null && from < to ? { from: text(from), to: text(to) } : null;
  };
  const preview = useLoaded(() => api.previewConfiguration(spec.section, { content, period: span() }));
  const asked = JSON.stringify([version, period, period === 'custom' ? custom : null]);
  const first = useRef(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when what is asked is another
  useEffect(() => {
    if (first.current === asked) return;
    first.current = asked;
    void preview.reload();
  }, [asked]);

  const save = useAction(async () => {
    const made = await api.saveConfiguration(spec.section, { version, reason, content });
    await section.reload();
    section.discard();
    onSaved(made.version);
  });
  const changedMeanwhile = save.error instanceof ProblemError && save.error.is('configuration-changed');
  const problems = preview.value?.problems ?? [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '' && problems.length === 0) void save.run();
  };
  const { state } = section;

  return (
    <ModalDialog title={t('catalogue.reviewTitle')} isOpen onOpenChange={(open) => open || onClose()} wide>
      <form className="ll-form catalogue-form" onSubmit={submit}>
        {section.edits.size === 0 ? <Notice tone="good">{t('catalogue.nothingLeft')}</Notice> : null}
        {state ? <Changes spec={spec} changes={changesOf(state, section, spec)} /> : null}
        {preview.error === null ? null : <Notice tone="refusal">{problem(preview.error)}</Notice>}
        {problems.length > 0 ? <Problems problems={problems} /> : null}
        {spec.effective ? (
          <section className="catalogue-effect" aria-label={t('catalogue.effect')}>
            <div className="catalogue-inline">
              <h3>{t('catalogue.effect')}</h3>
              <Segmented<Period>
                label={t('catalogue.period')}
                hideLabel
                value={period}
                choices={PERIODS.map((id) => ({ id, label: t(`catalogue.period.${id}`) }))}
                onChange={setPeriod}
              />
              {period === 'custom' ? (
                <>
                  <TextInput
                    label={t('catalogue.from')}
                    type="datetime-local"
                    value={custom.from}
                    onChange={(from) => setCustom({ ...custom, from })}
                  />
                  <TextInput
                    label={t('catalogue.to')}
                    type="datetime-local"
                    value={custom.to}
                    onChange={(to) => setCustom({ ...custom, to })}
                  />
                </>
              ) : null}
            </div>
            {preview.value?.effect ? (
              <EffectView effect={preview.value.effect} />
            ) : problems.length > 0 ? (
              <p className="muted">{t('catalogue.effectLater')}</p>
            ) : preview.error === null ? (
              <p className="muted">{t('common.loading')}</p>
            ) : null}
          </section>
        ) : null}
        <TextAreaInput
          label={t('common.reason')}
          hint={t('catalogue.reasonHint')}
          value={reason}
          onChange={setReason}
          autoFocus
          isRequired
        />
        {save.error === null ? null : (
          <Notice
            tone="refusal"
            action={
              changedMeanwhile ? (
                <Button
                  size="small"
                  onPress={() => {
                    save.clear();
                    void section.reload();
                  }}
                >
                  {t('catalogue.compareAgain')}
                </Button>
              ) : null
            }
          >
            {problem(save.error)}
          </Notice>
        )}
        {state !== null && version > 0 && state.at !== null ? (
          <p className="muted">{t('catalogue.goesOver', { version, when: dateTime(instant(state.at)) })}</p>
        ) : null}
        <div className="ll-actions">
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            isDisabled={
              save.pending ||
              section.edits.size === 0 ||
              reason.trim() === '' ||
              preview.value === null ||
              problems.length > 0
            }
          >
            {t('catalogue.save')}
          </Button>
        </div>
      </form>
    </ModalDialog>
  );
}

const text = (at: Instant): string => new Date(at).toISOString();

/** What keeps the change from being saved, entry by entry. */
function Problems({ problems }: { readonly problems: readonly CatalogueProblemView[] }): ReactNode {
  const { t } = useIntl();
  return (
    <Notice tone="refusal">
      <strong>{t('catalogue.problems', { count: problems.length })}</strong>
      <ul className="catalogue-problems">
        {problems.slice(0, 30).map(({ section, key, field, fault, about }) => (
          <li key={`${section} ${key} ${field} ${fault}`}>
            {t(`catalogue.title.${section}`)} · {key === '' ? '–' : key}:{' '}
            {t(`catalogue.fault.${fault}`, { about })} {field === '' ? null : <code>{field}</code>}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** The edited entries as they are saved and as they would be. */
function changesOf<Entry>(
  state: SectionState<Entry>,
  { edits }: OpenSection<Entry>,
  { keyOf }: SectionSpec<Entry>,
): readonly EntryChange<Entry>[] {
  const shipped = new Map(state.shipped.map((entry) => [keyOf(entry), entry]));
  return Array.from(edits, ([key, wish]) => {
    const saved = savedWish(state, key, keyOf);
    return {
      key,
      before: { entry: saved.own ?? shipped.get(key), hidden: saved.hidden },
      after: { entry: wish.own ?? shipped.get(key), hidden: wish.hidden },
    };
  });
}
