import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import files from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import websocket from '@fastify/websocket';
import fastify, { type FastifyBaseLogger } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { App } from './app-type.js';
import { installErrorHandling, sendFailure } from './errors.js';
import { type GuardOptions, installGuard } from './guard.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A file of the console, open to anyone; everything else needs a line in the policy. */
    isPublicFile?: boolean;
  }
}

export interface AppOptions {
  readonly logger: FastifyBaseLogger;
  readonly guard: GuardOptions;
  /** Folder of the built console, if it is served from here. */
  readonly consoleFolder: string | null;
  /** Addresses of proxies whose forwarding headers are believed. */
  readonly trustProxy: boolean | string;
  /** Whether browsers reach the server by HTTPS. */
  readonly https: boolean;
  readonly version: string;
}

/** The HTTP application without its routes: parsing, errors, headers, the guard, and the description of the API. */
export async function createApp(options: AppOptions): Promise<App> {
  const base = fastify({
    loggerInstance: options.logger,
    genReqId: () => randomUUID(),
    trustProxy: options.trustProxy,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 128 },
    // A path that cannot be decoded fails before there is a route or a hook.
    frameworkErrors: (error, request, reply) => sendFailure(error, request, reply),
    return503OnClosing: true,
    forceCloseConnections: true,
  });
  const app: App = base.withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installErrorHandling(app);
  acceptEmptyJson(app);

  await app.register(cookie);
  // Before the guard: an upgrade that the guard refuses is closed by what this has noted about it. A connection that
  // stays open after its refusal would keep the server from ever stopping.
  await app.register(websocket, { options: { maxPayload: 64 * 1024 } });
  installGuard(app, options.guard);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    // Behind plain HTTP on a county's own network this header would lock browsers out.
    strictTransportSecurity: options.https,
    crossOriginEmbedderPolicy: false,
  });
  await app.register(compress, { threshold: 2048 });
  await app.register(rateLimit, { global: false });
  await describeApi(app, options.version);
  await serveConsole(app, options.consoleFolder);
  return app;
}

/** JSON is all that is read. A command that says everything in its path may come with its content type and no body. */
function acceptEmptyJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, String(body), done);
  });
}

async function describeApi(app: App, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Lamplight',
        version,
        description:
          'Emergency response and patrol operations. Positions are [longitude, latitude] in WGS 84, times are RFC 3339, durations are seconds, distances metres. Every command (POST, or PATCH for one that changes part of what is there) carries an Idempotency-Key header and is answered with the position of the log that includes it. Errors are Problem Details (RFC 9457).',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'lamplight_session' } },
      },
      security: [{ session: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}

/** Pages that the console draws; each is the same file. */
const CONSOLE_PAGES = [
  '/',
  '/sign-in',
  '/setup',
  '/overview',
  '/incidents',
  '/incidents/*',
  '/replay',
  '/replay/*',
  '/report',
  '/problems',
  '/admin/',
  '/admin/*',
  '/panel/*',
  '/wallboard',
  '/paper',
  '/paper/entry',
];

const CONSOLE_ICON = '/favicon.svg';
/** Keeps the console's own files in the browser, so that it opens while the server is away. */
const CONSOLE_WORKER = '/sw.js';

async function serveConsole(app: App, folder: string | null): Promise<void> {
  if (folder === null || !existsSync(join(folder, 'index.html'))) return;
  await app.register(async (scope) => {
    await scope.register(files, {
      root: join(folder, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      decorateReply: true,
    });
    scope.get(CONSOLE_ICON, { config: { isPublicFile: true }, schema: { hide: true } }, (_, reply) =>
      reply.sendFile('favicon.svg', folder, { immutable: false, maxAge: '1d' }),
    );
    // Asked for anew each time: what it holds names the files of this very version.
    scope.get(CONSOLE_WORKER, { config: { isPublicFile: true }, schema: { hide: true } }, (_, reply) =>
      reply.header('cache-control', 'no-cache').sendFile('sw.js', folder, { cacheControl: false }),
    );
    for (const url of CONSOLE_PAGES) {
      scope.get(url, { config: { isPublicFile: true }, schema: { hide: true } }, (_, reply) =>
        reply.header('cache-control', 'no-cache').sendFile('index.html', folder, { cacheControl: false }),
      );
    }
  });
}
