import { metres } from '@lamplight/base';
import {
  hazardSchema,
  identifierSchema,
  keyHolderSchema,
  type PremisesView,
  premisesPageSchema,
  premisesSchema,
  savePremisesBody,
} from '@lamplight/contracts';
import {
  appendAudit,
  canonicalJson,
  type Database,
  findPremises,
  listPremises,
  type Premises,
  removePremises,
  savePremises,
} from '@lamplight/store';
import { z } from 'zod';
import { hasAnyRole, type Principal, SEES_CALLERS } from '../auth/policy.js';
import type { Clock } from '../clock.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';
import { principalOf } from './guard.js';

export interface PremisesDependencies {
  readonly database: Database;
  readonly agency: string;
  readonly clock: Clock;
  readonly noteLook: (principal: Principal, subject: string) => Promise<void>;
}

/**
 * What is known of places: hazards, key-holders, how to get in. Names and numbers of key-holders go to the roles that
 * ring them up; who else may edit the rest sees `null`, and leaves them as they are.
 */
export function premisesRoutes(app: App, dependencies: PremisesDependencies): void {
  const { database, agency, clock, noteLook } = dependencies;
  const params = z.object({ premisesId: identifierSchema });

  const query = z.object({
    text: z.string().trim().max(100).default(''),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    /** The `next` of the page before. */
    cursor: z.string().max(300).optional(),
  });
  app.get(
    '/api/v1/premises',
    { schema: { querystring: query, response: { 200: premisesPageSchema } } },
    async (request) => {
      const principal = principalOf(request);
      const { text, limit, cursor } = request.query;
      const after = cursor === undefined ? undefined : await readCursor(database, agency, cursor);
      const found = await listPremises(database, agency, {
        text,
        limit: limit + 1,
        ...(after && { after }),
      });
      const page = found.slice(0, limit);
      if (maySeeKeyHolders(principal)) await noteLook(principal, 'premises');
      return {
        premises: page.map((each) => premisesView(each, principal)),
        next: found.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    },
  );

  app.put(
    '/api/v1/premises/:premisesId',
    { schema: { params, body: savePremisesBody, response: { 200: premisesSchema } } },
    async (request) => {
      const principal = principalOf(request);
      const { premisesId: id } = request.params;
      const { version, position, keyHolders, ...facts } = request.body;
      if (keyHolders !== null && !maySeeKeyHolders(principal)) {
        throw new Failure('not-allowed', 'Key-holders are edited by those who may see them.');
      }
      const before = await findPremises(database, agency, id);
      const at = clock.now();
      const next: Omit<Premises, 'version'> = {
        ...facts,
        id,
        at: position,
        hazards: facts.hazards.map(({ kind, text }) => ({ kind, text })),
        keyHolders:
          keyHolders?.map(({ name, number, note }) => ({ name, number, note })) ?? before?.keyHolders ?? [],
        changedAt: at,
        changedBy: `account:${principal.username}`,
      };
      if (!(await savePremises(database, agency, next, version))) {
        const now = await findPremises(database, agency, id);
        // The same sent twice, because the answer to the first was lost, is not somebody else's change.
        if (now && now.version === version + 1 && isSame(now, next)) return premisesView(now, principal);
        throw new Failure('premises-changed', `The premises are no longer at version ${version}.`, {
          subject: id,
        });
      }
      await appendAudit(database, agency, {
        at,
        actor: next.changedBy,
        action: before ? 'premises-changed' : 'premises-added',
        subject: `premises:${id}`,
        detail: { before: before ? recorded(before) : null, after: recorded(next) },
      });
      return premisesView({ ...next, version: version + 1 }, principal);
    },
  );

  app.delete(
    '/api/v1/premises/:premisesId',
    {
      schema: {
        params,
        querystring: z.object({ version: z.coerce.number().int().min(1) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { premisesId: id } = request.params;
      const { version } = request.query;
      const before = await findPremises(database, agency, id);
      if (before && !(await removePremises(database, agency, id, version))) {
        throw new Failure('premises-changed', `The premises are no longer at version ${version}.`, {
          subject: id,
        });
      }
      if (before) {
        await appendAudit(database, agency, {
          at: clock.now(),
          actor: `account:${principalOf(request).username}`,
          action: 'premises-removed',
          subject: `premises:${id}`,
          detail: { before: recorded(before), after: null },
        });
      }
      return reply.code(204).send(null);
    },
  );
}

const maySeeKeyHolders = (principal: Principal): boolean => hasAnyRole(principal, SEES_CALLERS);

/** Premises as somebody may see them. */
export const premisesView = (
  { at, hazards, keyHolders, radius, ...rest }: Premises,
  principal: Principal,
): PremisesView => ({
  ...rest,
  position: at,
  radius: metres(radius),
  hazards: z.array(hazardSchema).parse(hazards),
  keyHolders: maySeeKeyHolders(principal) ? z.array(keyHolderSchema).parse(keyHolders) : null,
});

type Content = Omit<Premises, 'version'>;

/** What the audit keeps: all but who the key-holders are, for more people read the audit than may see them. */
const recorded = ({ name, at, radius, hazards, access, keyHolders }: Content) => ({
  name,
  position: [...at],
  radius,
  hazards,
  access,
  keyHolders: Array.isArray(keyHolders) ? keyHolders.length : 0,
});

const isSame = (a: Content, b: Content): boolean =>
  canonicalJson({ ...recorded(a), keyHolders: a.keyHolders }) ===
  canonicalJson({ ...recorded(b), keyHolders: b.keyHolders });

async function readCursor(
  database: Database,
  agency: string,
  cursor: string,
): Promise<{ name: string; id: string }> {
  const last = await findPremises(database, agency, cursor);
  if (last) return { name: last.name, id: last.id };
  const reason = 'is not one of a page';
  throw new Failure('request-invalid', `cursor: ${reason}`, { errors: [{ field: 'cursor', reason }] });
}
