import { Readable } from 'node:stream';
import { formatInstant } from '@lamplight/base';
import {
  agencyProfileSchema,
  auditPageSchema,
  changeAgencyBody,
  instantSchema,
  managedUnitsSchema,
  textSchema,
} from '@lamplight/contracts';
import type { Unit } from '@lamplight/domain';
import { type AuditFilter, type Database, listAudit, listEntities, readEntity } from '@lamplight/store';
import { z } from 'zod';
import type { AgencyProfiles } from '../administration/agency-profile.js';
import { AUDIT_CSV_HEAD, auditCsvRow } from '../administration/audit-csv.js';
import { type Auditor, changesBetween } from '../administration/auditor.js';
import { unitFor, viewerOf } from '../live/viewer.js';
import type { App } from './app-type.js';
import { principalOf } from './guard.js';

export interface AdministrationDependencies {
  readonly database: Database;
  readonly agency: string;
  readonly auditor: Auditor;
  readonly profile: AgencyProfiles;
}

/** Rows of one page of an export, and the most that one file holds. */
const EXPORT_PAGE = 1000;
const LONGEST_EXPORT = 200_000;

/** The agency's profile, all its units, and the audit log. */
export function administrationRoutes(
  app: App,
  { database, agency, auditor, profile }: AdministrationDependencies,
): void {
  app.get('/api/v1/agency', { schema: { response: { 200: agencyProfileSchema } } }, async () =>
    profile.get(),
  );
  app.patch(
    '/api/v1/agency',
    { schema: { body: changeAgencyBody, response: { 200: agencyProfileSchema } } },
    async (request) => {
      const before = profile.get();
      const after = await profile.change(request.body);
      const changes = changesBetween(describe(before), describe(after));
      if (Object.keys(changes.after).length > 0) {
        await auditor.note(request, 'agency-changed', agency, changes);
      }
      return after;
    },
  );

  // From the projection, which has the retired ones: the board forgets them with the next start.
  app.get(
    '/api/v1/administration/units',
    { schema: { response: { 200: managedUnitsSchema } } },
    async (request) => {
      const viewer = viewerOf(principalOf(request));
      const units: Unit[] = [];
      let cursor: string | undefined;
      do {
        const page = await listEntities(database, agency, {
          kind: 'unit',
          limit: 1000,
          ...(cursor === undefined ? {} : { cursor }),
        });
        for (const found of page.docs.map(readEntity)) {
          if (found.kind === 'unit') units.push(unitFor(viewer, found.entity));
        }
        cursor = page.next;
      } while (cursor !== undefined);
      return units;
    },
  );

  const filter = z.object({
    actor: z.exactOptional(textSchema(200)),
    action: z.exactOptional(textSchema(100)),
    subject: z.exactOptional(textSchema(200)),
    text: z.exactOptional(textSchema(100)),
    from: z.exactOptional(instantSchema),
    to: z.exactOptional(instantSchema),
  });
  const page = filter.extend({
    before: z.exactOptional(z.coerce.number().int().min(1)),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  });
  app.get(
    '/api/v1/audit',
    { schema: { querystring: page, response: { 200: auditPageSchema } } },
    async (request) => {
      const { limit } = request.query;
      const entries = await listAudit(database, agency, request.query);
      // A page further on is the same look.
      if (request.query.before === undefined) await auditor.look(request, 'audit');
      return { entries, next: entries.length === limit ? (entries.at(-1)?.sequence ?? null) : null };
    },
  );
  app.get('/api/v1/audit.csv', { schema: { querystring: filter } }, async (request, reply) => {
    await auditor.note(request, 'audit-exported', null, exported(request.query));
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit.csv"')
      .header('cache-control', 'no-store')
      .send(Readable.from(csvOf(database, agency, request.query)));
  });
}

async function* csvOf(
  database: Database,
  agency: string,
  filter: Omit<AuditFilter, 'limit' | 'before'>,
): AsyncGenerator<string> {
  yield AUDIT_CSV_HEAD;
  let before: number | undefined;
  for (let rows = 0; rows < LONGEST_EXPORT; rows += EXPORT_PAGE) {
    const entries = await listAudit(database, agency, {
      ...filter,
      limit: EXPORT_PAGE,
      ...(before === undefined ? {} : { before }),
    });
    yield entries.map(auditCsvRow).join('');
    if (entries.length < EXPORT_PAGE) return;
    before = entries.at(-1)?.sequence;
  }
}

const exported = ({ from, to, ...rest }: Omit<AuditFilter, 'limit' | 'before'>) => ({
  ...rest,
  ...(from === undefined ? {} : { from: formatInstant(from) }),
  ...(to === undefined ? {} : { to: formatInstant(to) }),
});

const describe = ({ name, locale, retention }: ReturnType<AgencyProfiles['get']>) => ({
  name: { ...name },
  locale,
  ...retention,
});
