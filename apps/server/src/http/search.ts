import type { Instant } from '@lamplight/base';
import {
  type IncidentHit,
  identifierSchema,
  incidentHitsSchema,
  incidentRecordSchema,
  incidentSearchBody,
} from '@lamplight/contracts';
import type { Call, Incident } from '@lamplight/domain';
import {
  countIncidents,
  type Database,
  findEntity,
  type IncidentSearch,
  listByRoots,
  readCallSigns,
  readEntity,
  searchIncidents,
  searchTerms,
} from '@lamplight/store';
import { z } from 'zod';
import { hasAnyRole, type Principal, SEES_CALLERS } from '../auth/policy.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';
import { principalOf } from './guard.js';
import { type Reads, sortEntities } from './reads.js';

export interface SearchDependencies {
  readonly agency: string;
  readonly database: Database;
  readonly reads: Reads;
}

/** Counting stops here; who has more than this has to narrow the search anyway. */
const MOST_COUNTED = 100_000;
/** Characters of a note to each side of what was found in it. */
const EXCERPT = 60;

/** The search over all incidents, and everything there is about one of them. */
export function searchRoutes(app: App, { agency, database, reads }: SearchDependencies): void {
  app.post(
    '/api/v1/incidents/search',
    { schema: { body: incidentSearchBody, response: { 200: incidentHitsSchema } } },
    async (request) => {
      const { body } = request;
      if (body.from !== undefined && body.to !== undefined && body.from >= body.to) {
        throw new Failure('request-invalid', 'to: must be after from', {
          errors: [{ field: 'to', reason: 'must be after from' }],
        });
      }
      const principal = principalOf(request);
      // Before the answer: what was searched for is written down even when the search fails.
      await reads.noteLook(principal, 'incident-search', body);
      return search(body, principal);
    },
  );

  async function search(body: z.output<typeof incidentSearchBody>, principal: Principal) {
    const query: IncidentSearch = {
      text: body.text,
      callers: hasAnyRole(principal, SEES_CALLERS),
      statuses: body.statuses,
      types: body.types,
      priorities: body.priorities,
      dispositions: body.dispositions,
      unitId: body.unitId,
      openedFrom: body.from,
      openedBefore: body.to,
      order: body.order,
      limit: body.limit,
      cursor: body.cursor,
    };
    const page = await searchIncidents(database, agency, query).catch((error: unknown) => {
      if (error instanceof RangeError) throw new Failure('request-invalid', `cursor: ${error.message}`);
      throw error;
    });
    const counted =
      body.cursor === undefined ? await countIncidents(database, agency, query, MOST_COUNTED + 1) : null;
    const entities = sortEntities((await listByRoots(database, agency, page.ids)).map(readEntity));
    const incidents = new Map(entities.incidents.map((incident) => [incident.id, incident]));
    const terms = searchTerms(body.text ?? '').map(folded);
    return {
      hits: page.ids.flatMap((id) => {
        const incident = incidents.get(id);
        if (!incident) return [];
        const calls = entities.calls.filter(({ incidentId }) => incidentId === id);
        const units = entities.assignments.filter(({ incidentId }) => incidentId === id);
        return [
          hitOf(
            incident,
            units.map(({ unitId }) => unitId),
            query.callers ? calls : [],
            terms,
          ),
        ];
      }),
      next: page.next,
      total: counted === null || counted > MOST_COUNTED ? null : counted,
      mostCounted: MOST_COUNTED,
    };
  }

  app.get(
    '/api/v1/incidents/:incidentId/record',
    {
      schema: {
        params: z.object({ incidentId: identifierSchema }),
        response: { 200: incidentRecordSchema },
      },
    },
    async (request) => {
      const principal = principalOf(request);
      const { incidentId } = request.params;
      const { incident, calls, assignments } = await reads.getIncident(incidentId, principal);
      const events = await reads.getTimeline(incidentId, principal);
      const related = new Set([
        ...incident.links.map((link) => link.incidentId),
        ...[incident.mergedInto, incident.splitFrom].filter((id) => id !== null),
      ]);
      const units = new Set(assignments.map(({ unitId }) => unitId));
      for (const { unitId } of incident.recommendation?.candidates ?? []) units.add(unitId);
      for (const { event } of events) {
        if (event.type !== 'UnitsRecommended') continue;
        for (const { unitId } of event.recommendation.candidates) units.add(unitId);
      }
      return {
        incident,
        calls,
        assignments,
        events,
        callSigns: await readCallSigns(database, agency, [...units]),
        numbers: Object.fromEntries(await Promise.all([...related].map(numberOf))),
      };
    },
  );

  async function numberOf(id: string): Promise<[string, string]> {
    const doc = await findEntity(database, agency, 'incident', id);
    const found = doc && readEntity(doc);
    return [id, found?.kind === 'incident' ? found.entity.number : id];
  }
}

function hitOf(
  incident: Incident,
  unitIds: readonly string[],
  calls: readonly Call[],
  terms: readonly string[],
): IncidentHit {
  const closedAt: Instant | null = incident.stamps.closed;
  return {
    id: incident.id,
    number: incident.number,
    status: incident.status,
    typeCode: incident.typeCode,
    priority: incident.priority,
    location: incident.location,
    openedAt: incident.openedAt,
    closedAt,
    disposition: incident.disposition,
    unitIds: [...new Set(unitIds)],
    excerpt: excerptOf(incident, terms),
    callers: calls
      .filter(({ callerName, callerNumber }) => {
        const digits = (callerNumber ?? '').replaceAll(/\D/g, '');
        const given = folded(`${callerName ?? ''}\n${callerNumber ?? ''}\n${digits}`);
        return terms.some((term) => given.includes(term));
      })
      .map(({ callerName, callerNumber }) => ({ name: callerName, number: callerNumber })),
  };
}

/** As the database folds text for searching. */
const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

function excerptOf({ notes }: Incident, terms: readonly string[]): string | null {
  for (const { text } of notes) {
    const plain = folded(text);
    const at = terms.map((term) => plain.indexOf(term)).find((index) => index >= 0);
    if (at === undefined) continue;
    const from = Math.max(0, at - EXCERPT);
    const to = Math.min(text.length, at + EXCERPT);
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  }
  return null;
}
