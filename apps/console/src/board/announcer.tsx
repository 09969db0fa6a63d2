import { listRingingCalls, useIntl } from '@lamplight/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useCatalogue, useWork } from '../state/live-board.js';
import { placeText, priorityText } from '../state/wording.js';

/** Tells a screen reader of new incidents and calls, once each; what was there before is not news. */
export function Announcer(): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const board = useWork();
  const catalogue = useCatalogue();
  const known = useRef<Set<string> | null>(null);
  const [text, setText] = useState('');

  useEffect(() => {
    if (board.position < 0) return;
    const first = known.current === null;
    const seen = known.current ?? new Set<string>();
    known.current = seen;
    const news: string[] = [];
    for (const call of listRingingCalls(board)) {
      if (!seen.has(call.id)) news.push(t('announce.call'));
      seen.add(call.id);
    }
    for (const incident of board.incidents.values()) {
      // An incident without a type is announced once it has one.
      if (incident.status !== 'open' || incident.typeCode === null || seen.has(incident.id)) continue;
      seen.add(incident.id);
      news.push(
        t('announce.incident', {
          priority: priorityText(incident.priority, intl),
          type: catalogue.typeName(incident.typeCode, intl),
          place: placeText(incident.location, intl),
        }),
      );
    }
    if (!first && news.length > 0) setText(news.join('. '));
  }, [board, catalogue, intl, t]);

  return (
    <div className="ll-visually-hidden" aria-live="polite" role="log">
      {text}
    </div>
  );
}
