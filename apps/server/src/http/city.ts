import type { Readable } from 'node:stream';
import { cityBuildSchema, cityMapSchema, locationCodesSchema, textSchema } from '@lamplight/contracts';
import { z } from 'zod';
import type { Auditor } from '../administration/auditor.js';
import { type CityBuilds, LARGEST_EXTRACT } from '../administration/city-builds.js';
import type { CityCodes } from '../city.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';
import { principalOf } from './guard.js';

export interface CityDependencies {
  readonly builds: CityBuilds;
  /** `null` when no places are loaded. */
  readonly codes: CityCodes | null;
  readonly auditor: Auditor;
}

/** The largest list of location codes, in bytes: some hundred thousand. */
const LARGEST_LIST = 32 * 1024 * 1024;
/** Rows of a list that are told one by one; a list with more is wrong as a whole. */
const MOST_ROWS_TOLD = 200;

/** What the city is made of: its map, built from an extract, and the agency's own location codes. */
export function cityRoutes(app: App, { builds, codes, auditor }: CityDependencies): void {
  app.get('/api/v1/city', { schema: { response: { 200: cityMapSchema } } }, async () => builds.describe());
  app.delete('/api/v1/city/build', async (request, reply) => {
    if (await builds.cancel()) await auditor.note(request, 'city-build-cancelled', null);
    reply.code(204);
  });
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Not read into memory: an extract has hundreds of megabytes.
    scope.addContentTypeParser('application/octet-stream', (_, payload, done) => done(null, payload));
    const query = z.object({ name: textSchema(200) });
    scope.post<{ Querystring: z.output<typeof query>; Body: Readable }>(
      '/api/v1/city/build',
      { bodyLimit: LARGEST_EXTRACT, schema: { querystring: query, response: { 202: cityBuildSchema } } },
      async (request, reply) => {
        const bytes = Number(request.headers['content-length']);
        if (!Number.isSafeInteger(bytes) || bytes <= 0) {
          throw new Failure('request-invalid', 'Content-Length: must say how large the extract is', {
            errors: [{ field: 'Content-Length', reason: 'must say how large the extract is' }],
          });
        }
        const by = principalOf(request).username;
        const { name } = request.query;
        const build = await builds.begin({ fileName: name, bytes, content: request.body, by });
        await auditor.note(request, 'city-build-started', build.id, { fileName: name, bytes });
        return reply.code(202).send(build);
      },
    );
  });

  app.get('/api/v1/location-codes', { schema: { response: { 200: locationCodesSchema } } }, async () => ({
    codes: [...loaded(codes).list()],
  }));
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('text/csv', { parseAs: 'string' }, (_, body, done) => done(null, body));
    scope.put<{ Body: string }>(
      '/api/v1/location-codes',
      { bodyLimit: LARGEST_LIST, schema: { response: { 200: z.object({ codes: z.int() }) } } },
      async (request) => {
        const list = loaded(codes);
        const before = list.list().length;
        const replaced = await list.replace(request.body);
        if (!replaced.ok) throw rowsInvalid(replaced.error);
        await auditor.note(request, 'location-codes-replaced', null, {
          before: { codes: before },
          after: { codes: replaced.value },
        });
        return { codes: replaced.value };
      },
    );
  });
}

function loaded(codes: CityCodes | null): CityCodes {
  if (!codes) throw new Failure('places-unavailable', 'No places are loaded on this server.');
  return codes;
}

function rowsInvalid(
  rows: readonly { readonly row: number; readonly column: string; readonly message: string }[],
): Failure {
  const told = rows.slice(0, MOST_ROWS_TOLD);
  const errors = told.map(({ row, column, message }) => ({
    field: `row ${row}, ${column}`,
    reason: message,
  }));
  return new Failure('rows-invalid', `${rows.length} errors in the list.`, { errors });
}
