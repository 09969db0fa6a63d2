import type { Instant } from '@lamplight/base';
import {
  catalogueSectionSchema,
  configurationHistorySchema,
  configurationPreviewSchema,
  configurationSectionSchema,
  previewConfigurationBody,
  readOwnCatalogue,
  SECTION_SCHEMAS,
  saveConfigurationBody,
} from '@lamplight/contracts';
import {
  type CatalogueProblem,
  type CatalogueSection,
  createCatalogue,
  findRemoved,
  type OwnCatalogue,
  type ResponseBoard,
  SHIPPED_ENTRIES,
  validateCatalogue,
} from '@lamplight/domain';
import {
  type ConfigurationVersion,
  countIncidentsByType,
  type Database,
  listConfigurationVersions,
  readConfiguration,
  saveConfiguration,
} from '@lamplight/store';
import { z } from 'zod';
import type { Clock } from '../clock.js';
import { compareCatalogues } from '../desk/catalogue-effect.js';
import { midnightOf } from '../desk/day-so-far.js';
import type { LiveCatalogue } from '../desk/live-catalogue.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';
import { principalOf } from './guard.js';

export interface ConfigurationDependencies {
  readonly database: Database;
  readonly agency: { readonly id: string; readonly timeZone: string };
  readonly catalogue: LiveCatalogue;
  readonly board: ResponseBoard;
  readonly clock: Clock;
}

/** Sections that bear on which units are sent, and how soon. */
const EFFECTIVE: readonly CatalogueSection[] = ['incident-types', 'run-cards', 'capabilities'];
/** A section of a large agency, all of its types with both names, is well below this. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** The agency's own catalogue, section by section: what holds, what it was, what a change would do, and changing it. */
export function configurationRoutes(app: App, dependencies: ConfigurationDependencies): void {
  const { database, agency, catalogue, board, clock } = dependencies;
  const params = z.object({ section: catalogueSectionSchema });
  const path = '/api/v1/configuration/:section';

  app.get(path, { schema: { params, response: { 200: configurationSectionSchema } } }, async (request) => {
    const { section } = request.params;
    const { sections } = await readConfiguration(database, agency.id);
    return describe(section, sections.get(section));
  });

  app.get(
    `${path}/history`,
    {
      schema: {
        params,
        querystring: z.object({
          before: z.coerce.number().int().min(1).optional(),
          limit: z.coerce.number().int().min(1).max(50).default(10),
        }),
        response: { 200: configurationHistorySchema },
      },
    },
    async (request) => {
      const { before, limit } = request.query;
      const versions = await listConfigurationVersions(database, agency.id, {
        section: request.params.section,
        limit,
        ...(before === undefined ? {} : { before }),
      });
      const last = versions.at(-1)?.version ?? 1;
      return { versions, next: last > 1 ? last : null };
    },
  );

  app.put(
    path,
    {
      bodyLimit: BODY_LIMIT,
      schema: { params, body: saveConfigurationBody, response: { 200: configurationSectionSchema } },
    },
    async (request) => {
      const { section } = request.params;
      const { version, reason, content } = request.body;
      const change = readContent(section, content);
      const outcome = await saveConfiguration(
        database,
        agency.id,
        {
          section,
          seen: version,
          at: clock.now(),
          actor: `account:${principalOf(request).username}`,
          reason,
          content: z.json().parse(change[section]),
        },
        (current) => {
          const problems = problemsOf(readOwnCatalogue(current.sections), change);
          return problems.length > 0 ? problems : undefined;
        },
      );
      if (outcome.kind === 'changed') {
        const { current } = outcome;
        throw new Failure(
          'configuration-changed',
          `Version ${current?.version ?? 0} holds now${current ? `, by ${current.actor}: ${current.reason}` : ''}.`,
          { subject: section },
        );
      }
      if (outcome.kind === 'refused') {
        const errors = outcome.refusal.map(({ key, field, fault, about }) => ({
          field: [key, field].filter((part) => part !== '').join('.'),
          reason: about === '' ? fault : `${fault} (${about})`,
        }));
        throw new Failure('configuration-invalid', sentenceOf(errors), { subject: section, errors });
      }
      await catalogue.refresh();
      return describe(section, outcome.saved);
    },
  );

  app.post(
    `${path}/preview`,
    {
      bodyLimit: BODY_LIMIT,
      schema: { params, body: previewConfigurationBody, response: { 200: configurationPreviewSchema } },
    },
    async (request) => {
      const { section } = request.params;
      const { content, period } = request.body;
      await catalogue.refresh();
      const change = readContent(section, content);
      const problems = [...problemsOf(catalogue.own, change)];
      if (problems.length > 0 || !EFFECTIVE.includes(section)) return { problems, effect: null };
      const span = period ?? yesterday(clock.now(), agency.timeZone);
      if (span.from >= span.to) throw invalid('period.to', 'must be after from');
      const counts = await countIncidentsByType(database, agency.id, span);
      const after = createCatalogue({ ...catalogue.own, ...change });
      const effect = compareCatalogues(counts, board.units.values(), { before: catalogue.current, after });
      return { problems, effect: { ...span, ...effect } };
    },
  );
}

const describe = (section: CatalogueSection, made: ConfigurationVersion | undefined) => ({
  section,
  version: made?.version ?? 0,
  at: made?.at ?? null,
  actor: made?.actor ?? null,
  reason: made?.reason ?? null,
  shipped: [...SHIPPED_ENTRIES[section]],
  content: made?.content ?? { own: [], hidden: [] },
});

/** The content of one section as its schema has it. Throws a Failure that names every field which does not fit. */
function readContent(section: CatalogueSection, content: unknown): Partial<OwnCatalogue> {
  const parsed = SECTION_SCHEMAS[section].safeParse(content);
  if (parsed.success) return { [section]: parsed.data };
  const errors = parsed.error.issues.slice(0, 100).map(({ path, message }) => ({
    field: ['content', ...path.map(String)].join('.'),
    reason: message,
  }));
  throw new Failure('request-invalid', sentenceOf(errors), { errors });
}

function problemsOf(before: OwnCatalogue, change: Partial<OwnCatalogue>): readonly CatalogueProblem[] {
  const next = { ...before, ...change };
  return [...findRemoved(before, next), ...validateCatalogue(next)];
}

const sentenceOf = (errors: readonly { field: string; reason: string }[]): string =>
  errors
    .slice(0, 5)
    .map(({ field, reason }) => `${field}: ${reason}`)
    .join('; ');

const invalid = (field: string, reason: string): Failure =>
  new Failure('request-invalid', `${field}: ${reason}`, { errors: [{ field, reason }] });

/** The last whole day of the agency. */
const yesterday = (now: Instant, zone: string): { from: Instant; to: Instant } => ({
  from: midnightOf(now, zone, 1),
  to: midnightOf(now, zone),
});
