import type { FastifyRequest } from 'fastify';
import { fieldsOf } from '../fields.js';
import type { Intake } from '../ingest/intake.js';
import { isTopicLevel } from '../ingest/topics.js';
import type { App } from './app-type.js';
import { Failure } from './failure.js';

export interface Sender {
  readonly deviceId: string;
  readonly unitId: string;
}

export interface IngestDependencies {
  readonly intake: Intake;
  readonly verifySecret: (deviceId: string, secret: string) => Promise<Sender | undefined>;
  readonly verifyOsmandKey: (deviceId: string, key: string) => Promise<Sender | undefined>;
}

/**
 * Wrong credentials are cheap to check and hopeless to guess; one device at one address may be wrong so often in a
 * minute. Not the address alone: a whole fleet can stand behind one, and one phone with an old key must not silence it.
 */
const MAX_FAILURES = 30;
const MINUTE = 60_000;

/** Positions over HTTP, from apps that speak OwnTracks or the OsmAnd protocol. */
export function ingestRoutes(app: App, { intake, verifySecret, verifyOsmandKey }: IngestDependencies): void {
  const failures = new Map<string, { count: number; until: number }>();

  const refuse = (request: FastifyRequest, deviceId: string): Failure => {
    const now = Date.now();
    if (failures.size > 10_000) failures.clear();
    const name = `${request.ip} ${deviceId}`;
    const known = failures.get(name);
    const entry = known && known.until > now ? known : { count: 0, until: now + MINUTE };
    failures.set(name, { ...entry, count: entry.count + 1 });
    return new Failure('credentials-wrong', 'The device or its secret is not known.');
  };
  const hold = (request: FastifyRequest, deviceId: string): void => {
    const known = failures.get(`${request.ip} ${deviceId}`);
    if (known && known.until > Date.now() && known.count >= MAX_FAILURES) {
      throw new Failure('too-many-requests', 'Too many wrong credentials of this device from this address.', {
        retryAfterSeconds: 60,
      });
    }
  };

  app.post('/api/v1/ingest/owntracks', { bodyLimit: 64 * 1024 }, async (request, reply) => {
    const credentials = basicCredentials(request);
    const claimed = credentials?.id ?? '';
    hold(request, claimed);
    const sender = credentials && (await verifySecret(credentials.id, credentials.secret));
    if (!sender) {
      reply.header('www-authenticate', 'Basic realm="lamplight"');
      throw refuse(request, claimed);
    }
    const text = JSON.stringify(request.body ?? null);
    const taken = intake.take(sender.deviceId, sender.unitId, { format: 'owntracks-http', text });
    if (!taken.ok && taken.error.code !== 'not-a-position')
      throw invalid(taken.error.field, taken.error.reason);
    return [];
  });

  /**
   * Clients of the OsmAnd protocol can only send one word about themselves, in the address. That word is
   * `<device>.<key>`, a key made for this alone: it can report this device's position and nothing else.
   */
  const osmand = async (request: FastifyRequest): Promise<unknown> => {
    const query = fieldsOf(request.query);
    const body = fieldsOf(request.body ?? {});
    const isJson = typeof body.location === 'object';
    const word: unknown = isJson ? body.device_id : (query.id ?? query.deviceid ?? body.id ?? body.deviceid);
    const [deviceId = '', key = ''] = typeof word === 'string' ? splitLast(word, '.') : [];
    const claimed = isTopicLevel(deviceId) ? deviceId : '';
    hold(request, claimed);
    const sender = claimed ? await verifyOsmandKey(deviceId, key) : undefined;
    if (!sender) throw refuse(request, claimed);
    const taken = intake.take(
      sender.deviceId,
      sender.unitId,
      isJson
        ? { format: 'osmand-json', body: { ...body, device_id: deviceId } }
        : { format: 'osmand-parameters', parameters: { ...query, ...body, id: deviceId } },
    );
    if (!taken.ok && taken.error.code !== 'not-a-position')
      throw invalid(taken.error.field, taken.error.reason);
    return '';
  };
  app.get('/api/v1/ingest/osmand', osmand);
  app.register(async (scope) => {
    // Some clients of this protocol send their parameters as a form.
    const form = 'application/x-www-form-urlencoded';
    scope.addContentTypeParser(form, { parseAs: 'string' }, (_, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.post('/api/v1/ingest/osmand', { bodyLimit: 64 * 1024 }, osmand);
  });
}

function invalid(field: string | undefined, reason: string): Failure {
  const name = field ?? 'body';
  return new Failure('request-invalid', `${name}: ${reason}`, { errors: [{ field: name, reason }] });
}

function basicCredentials(request: FastifyRequest): { id: string; secret: string } | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]{1,400})$/.exec(request.headers.authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return isTopicLevel(id) ? { id, secret: rest.join(':') } : undefined;
}

function splitLast(text: string, separator: string): [string, string] {
  const at = text.lastIndexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
