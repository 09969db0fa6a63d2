import { accountsApi } from './api/accounts.js';
import { createClient } from './api/client.js';
import { reportsApi } from './api/reports.js';
import { responseApi } from './api/response.js';
import { roadsApi } from './api/roads.js';

export { newId, newIdempotencyKey, ProblemError, UnreachableError } from './api/client.js';

export type Api = ReturnType<typeof createApi>;

/**
 * The server's interface as functions, a file for each subject. All reject with {@link ProblemError} or
 * {@link UnreachableError}.
 */
export function createApi(base = '/api/v1', send: typeof fetch = (...request) => fetch(...request)) {
  const client = createClient(base, send);
  return {
    ...accountsApi(client),
    ...responseApi(client),
    ...roadsApi(client),
    ...reportsApi(client),
  };
}
