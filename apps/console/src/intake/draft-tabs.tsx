import { Button, type Language, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useDesk } from '../desk/desk.js';
import { useCatalogue } from '../state/live-board.js';
import type { Draft } from './draft.js';

/** The calls in hand, each one key away: a second call that is taken must not cover the first. */
export function DraftTabs({ current }: { readonly current: string }): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const { draft, newCall } = useDesk();
  const { drafts, choose } = draft;
  if (drafts.length < 2) return null;
  return (
    <div className="draft-tabs">
      <ToggleButtonGroup
        aria-label={t('intake.drafts')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[current]}
        onSelectionChange={(keys) => {
          const chosen = drafts.find(({ key }) => keys.has(key));
          if (chosen) choose(chosen.key);
        }}
      >
        {drafts.map((each, index) => (
          <ToggleButton key={each.key} id={each.key} className="draft-tab">
            <span className="ll-key" aria-hidden="true">
              {t('intake.draftKey', { rank: index + 1 })}
            </span>
            <DraftName draft={each} intl={intl} />
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <Button size="small" variant="quiet" onPress={newCall}>
        {t('intake.another')}
      </Button>
    </div>
  );
}

function DraftName({ draft, intl }: { readonly draft: Draft; readonly intl: Language }): ReactNode {
  const catalogue = useCatalogue();
  const { t } = intl;
  const type = draft.typeCode === null ? '' : catalogue.typeName(draft.typeCode, intl);
  const text = draft.words.trim() || type || draft.callerNumber.trim() || t('intake.title');
  return (
    <span className="draft-name">
      {text}
      {draft.unsent ? <span className="draft-unsent"> · {t('intake.notSent')}</span> : null}
    </span>
  );
}
