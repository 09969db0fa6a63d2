import { overviewSchema } from '@lamplight/contracts';
import type { ApiClient } from './client.js';

/** How the day goes. */
export const overviewApi = ({ get }: ApiClient) => ({
  overview: () => get('/overview', overviewSchema),
});
