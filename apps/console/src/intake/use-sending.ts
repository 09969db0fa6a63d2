import { UnreachableError, useIntl } from '@lamplight/ui';
import { useEffect } from 'react';
import { useDesk } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useCatalogue, useLine } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import { useStable } from '../state/stable.js';
import type { Draft } from './draft.js';
import {
  dispatchDraft,
  hasUnsentFacts,
  joinDraft,
  type SendingTools,
  type Suggested,
  sendDraft,
} from './send-draft.js';

/** Facts of an open incident go out once the taker has paused this long, in milliseconds; notes when asked for. */
const AUTOSAVE = 2500;

export interface Sending {
  readonly pending: boolean;
  /** Why the last attempt failed; `null` after a success. */
  readonly error: unknown;
  /** Opens the incident, or sends what has been typed since; true when it was done. */
  send(): Promise<boolean>;
  dispatch(suggest: () => Promise<Suggested>): Promise<boolean>;
  join(incidentId: string): Promise<boolean>;
}

/** Sends a draft. One thing at a time; what could not be sent is marked, and waits for a press. */
export function useSending(draft: Draft): Sending {
  const { api } = useServer();
  const intl = useIntl();
  const catalogue = useCatalogue();
  const line = useLine();
  const { store } = useDesk().draft;
  const { key } = draft;
  const tools: SendingTools = { api, store, catalogue, intl };
  const action = useAction((_, __: string, perform: () => Promise<void>) => perform());

  const run = useStable(async (what: string, perform: () => Promise<void>): Promise<boolean> => {
    return action.run(`${key} ${what}`, async () => {
      try {
        await perform();
        store.change(key, { unsent: false });
      } catch (error) {
        store.change(key, { unsent: error instanceof UnreachableError });
        throw error;
      }
    });
  });
  const autosave = useStable(() => void run('autosave', () => sendFacts(key, tools)));
  const due = line === 'live' && !draft.unsent && !action.pending && hasUnsentFacts(draft, { catalogue });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each change of the draft starts the pause anew
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(autosave, AUTOSAVE);
    return () => clearTimeout(timer);
  }, [due, draft, autosave]);

  return {
    pending: action.pending,
    error: action.error,
    send: () => run('send', () => sendDraft(key, tools)),
    dispatch: (suggest) => run('dispatch', () => dispatchDraft(key, tools, suggest)),
    join: (incidentId) => run(`join ${incidentId}`, () => joinDraft(key, incidentId, tools)),
  };
}

/** All but the note, which may be half a sentence. */
const sendFacts = (key: string, tools: SendingTools): Promise<void> => sendDraft(key, tools, 'facts');
