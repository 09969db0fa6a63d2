import type { StationView } from '@lamplight/contracts';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';

const NONE: readonly StationView[] = [];
/** Stations change a few times a year. */
const EVERY = 300_000;

/** The agency's stations; none while they are being loaded. */
export function useStations(): readonly StationView[] {
  const { api } = useServer();
  const { value } = usePolling<readonly StationView[]>('stations', EVERY, () => api.stations());
  return value ?? NONE;
}
