import { after, type Instant, type Seconds, seconds } from '@lamplight/base';
import type { StationView } from '@lamplight/contracts';
import {
  type RecordedCall,
  type RecordedResponse,
  type RecordedStation,
  type RecordedUnit,
  type Recording,
  type RecordingProfile,
  recordedUnits,
} from '@lamplight/simulation';
import type { Recruit } from '../world/enlist.js';
import type { RoadMap } from '../world/routes.js';

/** Which calls of a recording are to be played. */
export interface Selection {
  /** Received in `[from, to)`. */
  readonly from?: Instant;
  readonly to?: Instant;
  /** The first so many of them. */
  readonly limit?: number;
}

/** What will be played, and what of the file will not and why. */
export interface RehearsalPlan {
  readonly calls: readonly RecordedCall[];
  readonly units: readonly RecordedUnit[];
  readonly recruits: readonly Recruit[];
  readonly stations: readonly StationView[];
  /** Calls of the file outside the selection. */
  readonly outsideSelection: number;
  /** Calls that cannot be used, by reason. */
  readonly unusable: Readonly<Record<string, number>>;
  /** Units whose home the profile does not tell; they were dealt out over the stations. */
  readonly withoutStation: number;
}

/**
 * Chooses the calls and musters the units that answered them. A call whose place is off the roads cannot be driven to
 * and counts as unusable, `off-network`. Units without a known station are dealt out over all of them in turn.
 */
export function planRehearsal(
  recording: Recording,
  profile: RecordingProfile,
  stations: readonly RecordedStation[],
  roads: RoadMap,
  { from, to, limit = Infinity }: Selection,
): RehearsalPlan {
  const unusable: Record<string, number> = {};
  for (const [reason, tally] of Object.entries(recording.unusableCalls)) unusable[reason] = tally.count;
  const calls: RecordedCall[] = [];
  for (const call of recording.calls) {
    if (calls.length >= limit) break;
    if ((from !== undefined && call.receivedAt < from) || (to !== undefined && call.receivedAt >= to))
      continue;
    if (roads.reaches(call.position)) calls.push(call);
    else unusable['off-network'] = (unusable['off-network'] ?? 0) + 1;
  }
  const inSelection = calls.length + (unusable['off-network'] ?? 0);
  const units = recordedUnits(calls, profile);
  const byId = new Map(stations.map((station) => [station.id, station]));
  let withoutStation = 0;
  const recruits = units.map(({ id, unitType, capabilities, station }): Recruit => {
    const own = station === undefined ? undefined : byId.get(station);
    const home = own ?? stations[withoutStation++ % stations.length];
    return {
      unitId: id,
      callSign: id,
      unitType: unitType || 'unit',
      capabilities,
      stationId: home?.id ?? null,
      home: home?.position ?? [0, 0],
      crew: [`${id} crew`],
    };
  });
  return {
    calls,
    units,
    recruits,
    stations: stations.map(({ id, address, position }) => ({
      id,
      name: { en: address || id, zh: address || id },
      kind: 'station',
      position,
    })),
    outsideSelection: recording.calls.length - inSelection,
    unusable,
    withoutStation,
  };
}

/** How a simulated crew carries out one recorded response, wherever it drives from. */
export interface ResponseTimes {
  readonly acknowledge: Seconds;
  readonly turnout: Seconds;
  readonly action: Seconds;
  readonly onScene: Seconds;
  /** The recorded crew never arrived: the order is called off so long after dispatch. */
  readonly calledOffAfter: Seconds | undefined;
}

const DEFAULT_TURNOUT = seconds(60);
const DEFAULT_ON_SCENE = seconds(20 * 60);
const DEFAULT_CALLED_OFF = seconds(10 * 60);
/** The recording does not tell when a crew acknowledged or began to act. */
const ACKNOWLEDGE = seconds(10);
const ACTION = seconds(30);

/** The recorded times of a response; what is not recorded takes a usual value. */
export function timesOf({ dispatchAt, enrouteAt, onSceneAt, clearedAt }: RecordedResponse): ResponseTimes {
  const between = (from: Instant, to: Instant | undefined, usual: Seconds): Seconds =>
    to === undefined ? usual : seconds(Math.max(0, (to - from) / 1000));
  const turnout = between(dispatchAt, enrouteAt, DEFAULT_TURNOUT);
  const onScene =
    onSceneAt === undefined ? DEFAULT_ON_SCENE : between(onSceneAt, clearedAt, DEFAULT_ON_SCENE);
  return {
    acknowledge: seconds(Math.min(ACKNOWLEDGE, turnout)),
    turnout,
    action: seconds(Math.min(ACTION, onScene)),
    onScene,
    calledOffAfter: onSceneAt === undefined ? between(dispatchAt, clearedAt, DEFAULT_CALLED_OFF) : undefined,
  };
}

/** The last moment at which anything is recorded to happen. */
export function lastMoment(calls: readonly RecordedCall[]): Instant | undefined {
  let last: Instant | undefined;
  for (const { receivedAt, responses } of calls) {
    for (const at of [
      receivedAt,
      ...responses.map((response) => response.clearedAt ?? response.dispatchAt),
    ]) {
      if (last === undefined || at > last) last = at;
    }
  }
  return last;
}

/** Responses that were sent at the same moment. */
export interface DispatchGroup {
  readonly at: Instant;
  readonly responses: readonly RecordedResponse[];
}

/** The responses of a call by the moment of their dispatch, in order. */
export function groupByDispatch({ responses }: RecordedCall): DispatchGroup[] {
  const groups = new Map<Instant, RecordedResponse[]>();
  for (const response of responses) {
    const group = groups.get(response.dispatchAt);
    if (group) group.push(response);
    else groups.set(response.dispatchAt, [response]);
  }
  return [...groups].map(([at, group]) => ({ at, responses: group })).sort((a, b) => a.at - b.at);
}

/** Where the call-taker has entered everything: as recorded, or halfway to the dispatch. */
export const entryOf = ({ receivedAt, entryAt, dispatchAt }: RecordedCall): Instant =>
  entryAt ?? after(receivedAt, seconds((dispatchAt - receivedAt) / 2000));
