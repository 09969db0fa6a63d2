import { type Instant, type LonLat, metres, type Result, type Seconds, seconds } from '@lamplight/base';
import type { RoadState } from '@lamplight/contracts';
import type { TravelTime } from '@lamplight/domain';
import {
  bandAt,
  type Calibration,
  createSnapper,
  durationsFor,
  etaOf,
  type Fix,
  hourOfWeek,
  type IsochroneCollection,
  openNetwork,
  type RoadEffect,
  type RoadNetwork,
  type RoadsError,
  streetNameAt,
} from '@lamplight/roads';
import type { BaseLogger } from 'pino';
import { createPreparation } from './preparation.js';
import type { GuidedRoute, MatchedTrace, RoadTask, RoadTasks } from './tasks.js';
import { type RoadThread, startRoadThread } from './thread.js';

/** What the server asks of the road engine. Searches run on threads of their own; nothing here takes long. */
export interface RoadDesk {
  readonly network: RoadNetwork;
  /** Brings the usual times of the hour onto the roads, when they are not there yet. To be called now and then. */
  keepHour(at: Instant): Promise<void>;
  /**
   * Travel time of each unit from where it is to the destination at that hour; `null` when there is no way or one of
   * them is off the network. Of units that have not moved since they were last asked about, nothing is sent anew.
   */
  timesTo(
    destination: LonLat,
    origins: ReadonlyMap<string, LonLat>,
    at: Instant,
    options?: { readonly urgent?: boolean },
  ): Promise<ReadonlyMap<string, TravelTime | null>>;
  /** The fastest way, and after it other ways worth a thought, `count` in all at most. */
  routes(from: LonLat, to: LonLat, count: number): Promise<Result<readonly GuidedRoute[], RoadsError>>;
  /** What a journey of so much driving takes a crew. */
  etaOf(driving: Seconds): TravelTime;
  /** The ground within each time of a place, or from which the place is within it. */
  isochrones(
    place: LonLat,
    times: readonly Seconds[],
    direction: 'away' | 'towards',
  ): Promise<Result<IsochroneCollection, RoadsError>>;
  /** The way driven by the vehicle that measured these positions. */
  match(fixes: readonly Fix[], againstOneWay: boolean): Promise<MatchedTrace>;
  /** Seconds from origin i to destination j at `i * destinations.length + j`; `NaN` off the network. */
  matrix(
    origins: readonly LonLat[],
    destinations: readonly LonLat[],
    limit: Seconds | null,
  ): Promise<Float64Array>;
  /** Exactly these effects hold when this resolves, in every answer after it. */
  apply(effects: readonly RoadEffect[]): Promise<void>;
  /** How the engine stands. */
  state(at: Instant): RoadState;
  /** Name of the street nearest to a position, within 60 m. */
  findStreet(position: LonLat): string | undefined;
  close(): Promise<void>;
}

export interface RoadDeskOptions {
  /** The bytes of the network file. */
  readonly file: Uint8Array;
  /** Its prepared times, if it has any. */
  readonly hierarchy: Uint8Array | null;
  /** What is known of the agency's travel times. */
  readonly calibration: Calibration;
  /** Of the agency: hours of the week are local ones. */
  readonly timeZone: string;
  /** Which hour it is when the desk opens. */
  readonly now: Instant;
  readonly logger: Pick<BaseLogger, 'error' | 'info'>;
}

const STREET_LIMIT = metres(60);

/**
 * Two threads on one copy of the network: one keeps the weights and the units and answers what a dispatcher waits for;
 * the other does what may take longer, on the same weights. A thread that fails is started again with all it knew.
 */
export async function openRoadDesk({
  file,
  hierarchy,
  calibration,
  timeZone,
  now,
  logger,
}: RoadDeskOptions): Promise<Result<RoadDesk, RoadsError>> {
  const bytes = shared(file);
  const opened = openNetwork(bytes);
  if (!opened.ok) return opened;
  const network = opened.value;
  const snapper = createSnapper(network);

  /** Numbers of units, and where each was when the live thread was last told. */
  const numbers = new Map<string, number>();
  let told = new Map<string, LonLat>();
  let effects: readonly RoadEffect[] = [];
  /** The band of hours whose usual times are on the live thread. */
  let band = -1;
  let changedArcs = 0;
  let prepared = false;
  let closed = false;

  let live = await startLive();
  let batch = await startBatch();
  const preparation = createPreparation({
    startThread: () => startRoadThread({ network: bytes, turns: calibration.turns, metric: live.metric }),
    nameWeights: () => (effects.length === 0 ? `band ${band}` : null),
    install,
    logger,
  });
  await keepHour(now);
  // One of another version, or damaged, costs a preparation and nothing else.
  const known =
    hierarchy &&
    (await install(shared(hierarchy)).catch((error: unknown) => {
      logger.error({ err: error }, 'the prepared times beside the network cannot be used');
      return false;
    }));
  if (!known) preparation.request();

  async function startLive(): Promise<RoadThread> {
    const thread = await startRoadThread({ network: bytes, turns: calibration.turns, metric: null });
    told = new Map();
    band = -1;
    if (effects.length > 0) await thread.ask('effects', { effects });
    void thread.ended.then(async (reason) => {
      if (!reason || closed) return;
      logger.error({ err: reason }, 'the live road thread ended; starting it again');
      live = await startLive();
      await batch.stop();
      batch = await startBatch();
      onChange();
    });
    return thread;
  }
  async function startBatch(): Promise<RoadThread> {
    const thread = await startRoadThread({ network: bytes, turns: calibration.turns, metric: live.metric });
    void thread.ended.then(async (reason) => {
      if (!reason || closed) return;
      logger.error({ err: reason }, 'the batch road thread ended; starting it again');
      batch = await startBatch();
      onChange();
    });
    return thread;
  }

  async function keepHour(at: Instant): Promise<void> {
    const wanted = bandAt(calibration, hourOfWeek(at, timeZone));
    if (wanted === band) return;
    band = wanted;
    const changed = await live.ask('usual', { durations: durationsFor(network, calibration, wanted) });
    if (changed > 0) onChange();
  }
  /** Both threads take a hierarchy or none: what they say must come from the same weights. */
  async function install(hierarchyBytes: Uint8Array): Promise<boolean> {
    const fits = await live.ask('hierarchy', { bytes: hierarchyBytes });
    if (fits) await batch.ask('hierarchy', { bytes: hierarchyBytes });
    prepared = fits;
    if (fits) logger.info('road times are prepared');
    return fits;
  }
  function onChange(): void {
    prepared = false;
    preparation.request();
  }
  const movesOf = (origins: ReadonlyMap<string, LonLat>): Float64Array => {
    const moves: number[] = [];
    for (const [unit, position] of origins) {
      if (told.get(unit) === position) continue;
      told.set(unit, position);
      const number = numbers.get(unit) ?? numbers.size;
      numbers.set(unit, number);
      moves.push(number, ...position);
    }
    return Float64Array.from(moves);
  };
  const askBatch = <Task extends RoadTask>(task: Task, ask: RoadTasks[Task]['ask']) => batch.ask(task, ask);

  return {
    ok: true,
    value: {
      network,
      keepHour,
      async timesTo(destination, origins, at, { urgent = true } = {}) {
        await keepHour(at);
        const times = await live.ask('times', { moves: movesOf(origins), to: destination });
        return new Map(
          Array.from(origins.keys(), (unit) => {
            const time = times?.[numbers.get(unit) ?? -1];
            if (time === undefined || !Number.isFinite(time)) return [unit, null];
            const { p50, p90 } = etaOf(calibration, seconds(time), { urgent });
            return [unit, { p50, p90 }];
          }),
        );
      },
      routes: (from, to, count) => askBatch('routes', { from, to, count }),
      etaOf: (driving) => etaOf(calibration, driving),
      isochrones: (place, times, direction) => askBatch('isochrones', { place, times, direction }),
      match: (fixes, againstOneWay) => askBatch('match', { fixes, againstOneWay }),
      matrix: (origins, destinations, limit) => askBatch('matrix', { origins, destinations, limit }),
      async apply(next) {
        effects = next;
        changedArcs = await live.ask('effects', { effects });
        onChange();
      },
      state: (at) => ({
        engine: prepared ? 'prepared' : 'searching',
        calibrated: calibration.source === 'fitted',
        band: calibration.bands[bandAt(calibration, hourOfWeek(at, timeZone))]?.id ?? '',
        changedArcs,
      }),
      findStreet(position) {
        const snap = snapper.snap(position, { maxDistance: STREET_LIMIT });
        return snap.ok ? streetNameAt(network, snap.value)?.local : undefined;
      },
      async close() {
        closed = true;
        await Promise.all([preparation.stop(), live.stop(), batch.stop()]);
      },
    },
  };
}

function shared(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
