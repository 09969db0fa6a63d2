import { Button, bestToJoin, PriorityMark, type SameIncident, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useCatalogue, useNow } from '../state/live-board.js';
import { ageText, placeText } from '../state/wording.js';

/** Offers incidents near by, so that the fifth call about one fire does not open a fifth fire. */
export function SameIncidents({
  found,
  isDisabled,
  hasCall,
  onJoin,
}: {
  readonly found: readonly SameIncident[];
  readonly isDisabled: boolean;
  /** The draft is about a call that is on the line. */
  readonly hasCall: boolean;
  onJoin(incidentId: string): void;
}): ReactNode {
  const intl = useIntl();
  const { t, distance } = intl;
  const catalogue = useCatalogue();
  const now = useNow();
  const best = bestToJoin(found);
  if (found.length === 0) return null;
  return (
    <section className="same" aria-labelledby="same-title">
      <h3 id="same-title" className="field-label">
        {t('intake.same')}
      </h3>
      <ul>
        {found.map((each) => {
          const { incident, away, kind } = each;
          return (
            <li key={incident.id}>
              <PriorityMark priority={incident.priority} size={18} />
              <span>
                {t('intake.sameItem', {
                  number: incident.number,
                  type: catalogue.typeName(incident.typeCode, intl),
                  distance: distance(away),
                  age: ageText(incident.openedAt, now, intl),
                })}
                <span className="muted">
                  {' '}
                  {placeText(incident.location, intl)} · {t(`intake.sameKind.${kind}`)}
                </span>
              </span>
              <Button
                size="small"
                isDisabled={isDisabled}
                {...(each === best ? { shortcut: t('intake.joinKey') } : {})}
                onPress={() => onJoin(incident.id)}
              >
                {t('intake.join', { number: incident.number })}
              </Button>
            </li>
          );
        })}
      </ul>
      <p className="muted">{t(hasCall ? 'intake.joinHintCall' : 'intake.joinHintNoCall')}</p>
    </section>
  );
}
