import type { FastifyRequest } from 'fastify';
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

/** Wrong credentials are cheap to check and dear to guess; an address may be wrong so often in a minute. */
const MAX_FAILURES = 30;
const MINUTE = 60_000;

/** Positions over HTTP, from apps that speak OwnTracks or the OsmAnd protocol. */
export function ingestRoutes(app: App, { intake, verifySecret, verifyOsmandKey }: IngestDependencies): void {
  const failures = new Map<string, { count: number; until: number }>();

  const refuse = (request: FastifyRequest): Failure => {
    const now = Date.now();
    if (failures.size > 10_000) failures.clear();
    const known = failures.get(request.ip);
    const entry = known && known.until > now ? known : { count: 0, until: now + MINUTE };
    failures.set(request.ip, { ...entry, count: entry.count + 1 });
    return new Failure('credentials-wrong', 'The device or its secret is not known.');
  };
  const hold = (request: FastifyRequest): void => {
    const known = failures.get(request.ip);
    if (known && known.until > Date.now() && known.count >= MAX_FAILURES) {
      throw new Failure('too-many-requests', 'Too many wrong device credentials from this address.', {
        retryAfterSeconds: 60,
      });
    }
  };

  app.post('/api/v1/ingest/owntracks', { bodyLimit: 64 * 1024 }, async (request, reply) => {
    hold(request);
    const credentials = basicCredentials(request);
    const sender = credentials && (await verifySecret(credentials.id, credentials.secret));
    if (!sender) {
      reply.header('www-authenticate', 'Basic realm="lamplight"');
      throw refuse(request);
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
    hold(request);
    const query = Object(request.query);
    const body = Object(request.body ?? {});
    const isJson = typeof body.location === 'object';
    const word: unknown = isJson ? body.device_id : (query.id ?? query.deviceid ?? body.id ?? body.deviceid);
    const [deviceId = '', key = ''] = typeof word === 'string' ? splitLast(word, '.') : [];
    const sender = isTopicLevel(deviceId) ? await verifyOsmandKey(deviceId, key) : undefined;
    if (!sender) throw refuse(request);
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
  app.post('/api/v1/ingest/osmand', { bodyLimit: 64 * 1024 }, osmand);
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
