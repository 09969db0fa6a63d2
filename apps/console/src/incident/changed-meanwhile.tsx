import { Button, type Incident, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useCatalogue, useWork } from '../state/live-board.js';
import { placeText, priorityText } from '../state/wording.js';
import { changedFacts } from './seen-facts.js';

export interface Seen {
  /** The incident as it was when it was last looked at with open eyes. */
  readonly seen: Incident;
  /** Something that people set has changed since. */
  readonly changed: boolean;
  /** The reader has taken note of how it is now. */
  accept(): void;
}

/** Keeps an incident as it was when a form about it was opened, and says when somebody has changed it since. */
export function useSeen(incident: Incident): Seen {
  const board = useWork();
  const now = board.incidents.get(incident.id) ?? incident;
  const [seen, setSeen] = useState(now);
  const changed = changedFacts(seen, now).length > 0;
  // As long as the facts are the same, the latest version is what has been seen.
  return { seen: changed ? seen : now, changed, accept: () => setSeen(now) };
}

/** Says what somebody else has changed while a form was open, and asks before it is overwritten. */
export function ChangedMeanwhile({ seen: { seen, changed, accept } }: { readonly seen: Seen }): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const catalogue = useCatalogue();
  const board = useWork();
  const now = board.incidents.get(seen.id);
  if (!changed || !now) return null;
  const wording = {
    typeCode: (from: Incident) => catalogue.typeName(from.typeCode, intl),
    priority: (from: Incident) => priorityText(from.priority, intl),
    location: (from: Incident) => placeText(from.location, intl),
  };
  return (
    <Notice
      tone="warning"
      action={
        <Button size="small" onPress={accept}>
          {t('changed.goOn')}
        </Button>
      }
    >
      <strong>{t('changed.title')}</strong>{' '}
      {changedFacts(seen, now)
        .map((fact) => t('changed.fact', { from: wording[fact](seen), to: wording[fact](now) }))
        .join('; ')}
    </Notice>
  );
}
