import type { Catalogue } from '@lamplight/contracts';
import { useEffect, useMemo, useState } from 'react';
import { type CatalogueIndex, indexCatalogue } from '../state/catalogue-index.js';
import { emptyCatalogue } from '../state/live-board.js';
import { useServer } from '../state/server.js';

const RETRY_MS = 5_000;
const RENEW_MS = 600_000;

/** The agency's catalogue for a page without the live board; fetched anew now and then, and until it comes. */
export function useAgencyCatalogue(): CatalogueIndex {
  const { api } = useServer();
  const [catalogue, setCatalogue] = useState<Catalogue | null>(null);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = (): void => {
      const again = (pause: number): void => {
        if (!stopped) timer = setTimeout(load, pause);
      };
      api.catalogue().then(
        (loaded) => {
          if (!stopped) setCatalogue(loaded);
          again(RENEW_MS);
        },
        () => again(RETRY_MS),
      );
    };
    load();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [api]);
  return useMemo(() => indexCatalogue(catalogue ?? emptyCatalogue), [catalogue]);
}
