import type { Database } from '@lamplight/store';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Bus } from '../ingest/broker.js';
import type { Tracker } from '../ingest/tracker.js';
import type { Hub } from '../live/hub.js';
import type { App } from './app-type.js';

export interface HealthDependencies {
  readonly database: Database;
  readonly hub: Hub;
  readonly tracker: Tracker;
  readonly bus: Bus;
}

/** Whether the process lives, whether it can work, and its figures. None of it tells anything about anyone. */
export function healthRoutes(app: App, { database, hub, tracker, bus }: HealthDependencies): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    const store = await database.pool.query('select 1').then(
      () => true,
      () => false,
    );
    const ready = store && bus.connected;
    return reply
      .code(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not-ready', store, bus: bus.connected });
  });

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'lamplight_http_request_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge('lamplight_log_position', 'Position of the last committed event', () => hub.position);
  gauge('lamplight_live_watchers', 'Clients of the live stream', () => hub.watching);
  gauge(
    'lamplight_positions_latest',
    'Positions that became the latest of their unit',
    () => tracker.counters.accepted.latest,
  );
  gauge(
    'lamplight_positions_rate_limited',
    'Positions refused because a device sent too many',
    () => tracker.counters.accepted['rate-limited'],
  );
  gauge(
    'lamplight_positions_waiting',
    'Position rows not yet written',
    () => tracker.counters.historyWaiting,
  );
  gauge(
    'lamplight_positions_lost',
    'Position rows dropped because the store was away',
    () => tracker.counters.historyLost,
  );
  gauge('lamplight_bus_reports', 'Crew reports received by MQTT', () => bus.counters.reports);

  app.get('/metrics', async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
