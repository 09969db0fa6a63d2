import type { RoadPlacePreview } from '@lamplight/contracts';
import { useEffect, useState } from 'react';
import type { Sketch } from '../desk/desk-store.js';
import { useServer } from '../state/server.js';

/** A pause after which the server is asked, in milliseconds: a point that is dragged moves often. */
const PAUSE = 200;

/**
 * Which pieces of street a place would stand for, were a condition declared there. The last answer stays in sight
 * until the next is there; `null` without a place, without a road network, and before the first answer.
 */
export function useRoadPreview(place: Sketch['place']): RoadPlacePreview | null {
  const { api, info } = useServer();
  const [preview, setPreview] = useState<RoadPlacePreview | null>(null);
  const asked = info.network ? JSON.stringify(place) : 'null';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked is the place, whatever object holds it
  useEffect(() => {
    if (asked === 'null' || place === null) {
      setPreview(null);
      return;
    }
    let outdated = false;
    const timer = setTimeout(() => {
      api.previewCondition(place).then(
        (answer) => !outdated && setPreview(answer),
        // What is wrong with the place is said when it is declared.
        () => !outdated && setPreview(null),
      );
    }, PAUSE);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [asked, api]);
  return preview;
}
