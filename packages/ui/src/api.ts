import { accountsApi } from './api/accounts.js';
import { administrationApi } from './api/administration.js';
import { createClient } from './api/client.js';
import { configurationApi } from './api/configuration.js';
import { intakeApi } from './api/intake.js';
import { overviewApi } from './api/overview.js';
import { paperApi } from './api/paper.js';
import { reportsApi } from './api/reports.js';
import { responseApi } from './api/response.js';
import { roadsApi } from './api/roads.js';
import { settingsApi } from './api/settings.js';

export { type AuditQuery, auditQuery } from './api/administration.js';
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
    ...administrationApi(client),
    ...configurationApi(client),
    ...responseApi(client),
    ...roadsApi(client),
    ...overviewApi(client),
    ...intakeApi(client),
    ...reportsApi(client),
    ...settingsApi(client),
    ...paperApi(client),
  };
}
