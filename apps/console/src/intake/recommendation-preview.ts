import type { RecommendationPreview } from '@lamplight/contracts';
import { type Priority, useIntl } from '@lamplight/ui';
import { useEffect, useState } from 'react';
import { useServer } from '../state/server.js';
import { useStable } from '../state/stable.js';
import type { Draft } from './draft.js';
import type { Suggested } from './send-draft.js';

/** A pause in typing after which the server is asked, and how soon it is asked anew, in milliseconds. */
const PAUSE = 150;
const FRESH = 5000;

export interface Preview {
  /** The last answer; `null` before the first, and while there is no place. */
  readonly value: RecommendationPreview | null;
  /** What the answer was for is not what is asked now. */
  readonly stale: boolean;
  readonly error: string | null;
  /** Who is to be sent: those on screen, or, when what is on screen is of yesterday, asked for anew. */
  suggest(): Promise<Suggested>;
}

/**
 * Who would be sent to what is known by now; changes with each fact. Once the incident is open, what its own
 * recommendation says, which knows who is on the way already.
 */
export function useRecommendationPreview(draft: Draft, priority: Priority | null): Preview {
  const { api } = useServer();
  const { problem } = useIntl();
  const { position, typeCode, incidentId } = draft;
  const open = draft.opened !== null && draft.opened.typeCode !== null;
  // Asked again when something has been settled with the server, such as an order.
  const settled = draft.opened?.count ?? 0;
  const subject = position && JSON.stringify([position, typeCode, priority, open, settled]);
  const [state, setState] = useState<{
    readonly subject: string | null;
    readonly value: RecommendationPreview | null;
    readonly error: string | null;
  }>({ subject: null, value: null, error: null });

  const ask = useStable(async (): Promise<RecommendationPreview | null> => {
    if (!position) return null;
    return open
      ? api.recommendation(incidentId)
      : api.previewRecommendation({ position, typeCode, priority });
  });
  const tell = useStable((error: unknown): string => problem(error));

  useEffect(() => {
    if (!subject) {
      setState({ subject: null, value: null, error: null });
      return;
    }
    let outdated = false;
    let timer: ReturnType<typeof setTimeout>;
    const load = async (): Promise<void> => {
      try {
        const value = await ask();
        if (!outdated) setState({ subject, value, error: null });
      } catch (error) {
        // The last answer stays in sight, marked as what it is.
        if (!outdated) setState((before) => ({ ...before, error: tell(error) }));
      }
      if (!outdated) timer = setTimeout(() => void load(), FRESH);
    };
    timer = setTimeout(() => void load(), PAUSE);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [subject, ask, tell]);

  const stale = state.value !== null && (state.subject !== subject || state.error !== null);
  return {
    value: subject ? state.value : null,
    stale,
    error: state.error,
    async suggest() {
      const value = stale || state.value === null ? await ask() : state.value;
      const suggested = value?.candidates.filter((candidate) => candidate.suggested) ?? [];
      return {
        unitIds: suggested.map(({ unitId }) => unitId),
        divert: suggested.some(({ divertFrom }) => divertFrom !== null),
      };
    },
  };
}
