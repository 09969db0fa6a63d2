import type { LonLat } from '@lamplight/base';
import type { PlaceCandidate } from '@lamplight/contracts';
import { ProblemError, useIntl } from '@lamplight/ui';
import { useEffect, useState } from 'react';
import { useServer } from '../state/server.js';
import { useStable } from '../state/stable.js';
import type { Draft } from './draft.js';

/** A pause in typing after which the server is asked, in milliseconds: shorter than one notices. */
const PAUSE = 120;

export type PlaceAnswers =
  /** Nothing was asked yet, or the server has no places: the words stand for themselves. */
  { readonly state: 'none' } | { readonly state: 'answered'; readonly places: readonly PlaceCandidate[] };

const NONE: PlaceAnswers = { state: 'none' };

/**
 * Places that fit what is typed, asked for as it is typed; `null` asks nothing. An answer to a former text is dropped,
 * and what was answered last stays in sight until the next answer is there.
 */
export function usePlaceSearch(typed: string | null, near: () => LonLat | null): PlaceAnswers {
  const { locale } = useIntl();
  const { api } = useServer();
  const [answers, setAnswers] = useState<PlaceAnswers>(NONE);
  const [unavailable, setUnavailable] = useState(false);
  const nearNow = useStable(near);
  const text = unavailable ? '' : (typed?.trim() ?? '');
  useEffect(() => {
    if (text === '') {
      setAnswers(NONE);
      return;
    }
    let outdated = false;
    const ask = async (): Promise<void> => {
      try {
        const { candidates } = await api.places(text, nearNow(), locale);
        if (!outdated) setAnswers({ state: 'answered', places: candidates });
      } catch (error) {
        if (outdated) return;
        setAnswers(NONE);
        if (error instanceof ProblemError && error.is('places-unavailable')) setUnavailable(true);
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [text, locale, api, nearNow]);
  return answers;
}

/** Finds out what is at a position that was set on the map, so that people read a place and not degrees. */
export function usePlaceAtPosition(
  { position, method, place }: Draft,
  onChange: (part: Partial<Draft>) => void,
): void {
  const { api } = useServer();
  const change = useStable(onChange);
  const unknown = method === 'map' && place === null ? position : null;
  useEffect(() => {
    if (!unknown) return;
    let outdated = false;
    api.placeAt(unknown).then(
      ({ label }) => {
        if (!outdated) change({ place: { label, found: null } });
      },
      // Nothing is near, or nothing is known here: degrees must do.
      () => undefined,
    );
    return () => {
      outdated = true;
    };
  }, [unknown, api, change]);
}
