import { Button, Notice, SelectInput, TextInput, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import type { EntryDraft } from './entry-draft.js';

type Found = Awaited<ReturnType<ReturnType<typeof useServer>['api']['places']>>['candidates'];

/** The words of the card, kept as they are, and a position for them where one is found. */
export function PlaceLookup({
  draft,
  onChange,
}: {
  readonly draft: EntryDraft;
  onChange(part: Partial<EntryDraft>): void;
}): ReactNode {
  const { t, name, locale, problem } = useIntl();
  const { api } = useServer();
  const [found, setFound] = useState<Found | null>(null);
  const find = useAction(async (_key, words: string) =>
    setFound((await api.places(words, null, locale)).candidates),
  );
  const chosen = (found ?? []).findIndex(({ position }) => String(position) === String(draft.position));
  return (
    <div className="paper-fields">
      <TextInput
        label={t('paper.place')}
        value={draft.words}
        onChange={(words) => onChange({ words, position: null, label: null })}
      />
      <Button
        size="small"
        isDisabled={draft.words.trim() === '' || find.pending}
        onPress={() => void find.run(draft.words)}
      >
        {t('paper.find')}
      </Button>
      {find.error === null ? null : <Notice tone="warning">{problem(find.error)}</Notice>}
      {found === null ? null : found.length === 0 ? (
        <p className="muted">{t('paper.nothingFound')}</p>
      ) : (
        <SelectInput
          label={t('paper.found')}
          value={chosen < 0 ? 'none' : String(chosen)}
          choices={[
            { id: 'none', label: t('paper.noPosition') },
            ...found.map(({ label }, index) => ({ id: String(index), label: name(label) })),
          ]}
          onChange={(id) => {
            const candidate = found[Number(id)];
            onChange(
              candidate
                ? { position: candidate.position, label: name(candidate.label) }
                : { position: null, label: null },
            );
          }}
        />
      )}
      {found === null && draft.label !== null ? <p className="muted">{draft.label}</p> : null}
    </div>
  );
}
