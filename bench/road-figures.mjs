import { createOracle } from './road-oracle.mjs';
import { errorsOf, nodesOf } from './road-workload.mjs';
import { quantileOf, timeEach } from './statistics.mjs';

const HEAP = 'heap Dijkstra';
const VALHALLA = 'Valhalla';
const PG_ROUTING = 'pgRouting';
const NEAREST = 10;
const CROWD = 1000;
const MATRIX_SIDE = 1000;
/** Valhalla is given a part of the matrix of this side, and the figure is scaled by what is left out. */
const PEER_SIDE = 100;
const LOCATE_BATCH = 100;
const WARM_UP = 20;
const MOVES = 20;

/**
 * Rows for one figure, one for each peer that was measured, or one without a peer. `ours` and `taken` are milliseconds
 * of single runs; `things` says for a rate how many things a run was about; `scale` makes a peer's smaller question as
 * large as ours. Nothing when ours was not measured.
 */
function rowsOf({ name, unit, reach, ours, things = 1 }, ...against) {
  if (!ours) return [];
  const figure = (taken, p, count) => {
    const time = quantileOf(taken, p);
    if (unit.endsWith('/s')) return (count * 1000) / time;
    return { ms: time, µs: time * 1000, s: time / 1000 }[unit];
  };
  const own = { name, unit, ours: figure(ours, 0.5, things), p95: figure(ours, 0.95, things), reach };
  const measured = against.filter(({ taken }) => taken);
  if (measured.length === 0) return [own];
  return measured.map(({ peerName, taken, reachRatio, things: theirs = things, scale = 1 }) => ({
    ...own,
    peer: scale * figure(taken, 0.5, theirs),
    peerP95: scale * figure(taken, 0.95, theirs),
    peerName,
    reachRatio,
  }));
}

/** What the peers take for the times of 1,000 and of 10,000 units to an incident. */
export async function measurePeerTimes({ engine, peers: { valhalla, pgRouting }, work, count }) {
  const { network } = engine;
  const crowd = work.units.slice(0, CROWD);
  const [positions, nodes] = [crowd.map(positionOf), nodesOf(network, crowd)];
  const incident = (run) => work.incidents[run + 2];
  const run = (ask) => timeEach(count.peer, 2, (index) => ask(incident(index)));
  const oracle = createOracle(engine);
  const toMany = valhalla && (await run(({ position }) => valhalla.oneToMany(position, positions)));
  const toOne = valhalla && (await run(({ position }) => valhalla.manyToOne(positions, position)));
  return {
    heap: await run(oracle.createTimesTo(crowd)),
    heapOfAll: await run(oracle.createTimesTo(work.units)),
    // In whichever direction it is faster.
    valhalla: toOne && (quantileOf(toOne, 0.5) < quantileOf(toMany, 0.5) ? toOne : toMany),
    pgRouting: pgRouting && (await run((place) => pgRouting.manyToOne(nodes, nodesOf(network, [place])[0]))),
  };
}

/** Before anything is prepared, and while an answer must not wait for it. */
export async function measureUnprepared({ engine, work, count }, { heap, valhalla, pgRouting }) {
  const crowd = work.units.slice(0, CROWD);
  const ours = await timeEach(count.slow, 5, (run) => {
    engine.manyToOne(crowd, work.incidents[run + 5]);
  });
  return rowsOf(
    { name: 'all 1,000 ETAs, unprepared', unit: 'ms', reach: 15, ours },
    { peerName: VALHALLA, taken: valhalla },
    { peerName: PG_ROUTING, taken: pgRouting },
    { peerName: HEAP, taken: heap },
  );
}

/** Units that stand, are asked about, move, and find a street closed. */
export async function measureUnits({ engine, work, count }, { heap, heapOfAll, valhalla, pgRouting }) {
  const incident = (run) => work.incidents[run + WARM_UP];
  const crowd = engine.placeUnits(work.units.slice(0, CROWD));
  const all = engine.placeUnits(work.units);
  const time = (times, work, after) => timeEach(times, WARM_UP, work, after);

  const nearest = await time(count.ours, (run) => {
    crowd.nearest(incident(run), NEAREST);
  });
  const times = await time(count.ours, (run) => {
    crowd.timesTo(incident(run));
  });
  const allTimes = await time(count.slow, (run) => {
    all.timesTo(incident(run));
  });
  // What a move leaves to be done is done by the next question, so both are timed, less the question itself.
  const asking = quantileOf(times, 0.5);
  const moves = (
    await time(Math.floor(count.ours / MOVES), (run) => {
      for (let i = 0; i < MOVES; i++) {
        const number = (run + WARM_UP) * MOVES + i;
        crowd.put(number % CROWD, work.moved[number % work.moved.length]);
      }
      crowd.timesTo(incident(run));
    })
  ).map((took) => Math.max(0, took - asking) / MOVES);
  const arcOf = (run) => engine.network.arrays.firstArc[nodesOf(engine.network, [incident(run)])[0]];
  const closures = await time(
    count.slow,
    (run) => {
      engine.setClosed(arcOf(run), true);
      crowd.nearest(incident(run), NEAREST);
    },
    (run) => engine.setClosed(arcOf(run), false),
  );

  return [
    ...rowsOf(
      { name: '10 nearest of 1,000 units', unit: 'ms', reach: engine.turns ? 0.5 : 0.25, ours: nearest },
      { peerName: VALHALLA, taken: valhalla, reachRatio: 1000 },
      { peerName: PG_ROUTING, taken: pgRouting },
      { peerName: HEAP, taken: heap },
    ),
    ...rowsOf(
      { name: 'all 1,000 ETAs, prepared', unit: 'ms', reach: 0.3, ours: engine.isPrepared() && times },
      { peerName: VALHALLA, taken: valhalla, reachRatio: 1000 },
      { peerName: PG_ROUTING, taken: pgRouting, reachRatio: 1000 },
      { peerName: HEAP, taken: heap },
    ),
    ...rowsOf(
      { name: 'all 10,000 ETAs', unit: 'ms', reach: 5, ours: allTimes },
      { peerName: HEAP, taken: heapOfAll, reachRatio: 8 },
    ),
    ...rowsOf({ name: 'move one unit, and be ready again', unit: 'µs', reach: 30, ours: moves }),
    ...rowsOf({ name: 'close a street and find the 10 nearest', unit: 'ms', reach: 1, ours: closures }),
  ];
}

/** From place to place. */
export async function measureTimes({ engine, peers: { valhalla }, work, count }, { heap }) {
  const [froms, tos] = [work.units.slice(0, MATRIX_SIDE), work.targets.slice(0, MATRIX_SIDE)];
  const matrix = await timeEach(engine.isPrepared() ? count.matrix : 1, 0, () => {
    engine.matrix(froms, tos);
  });
  const part = [froms, tos].map((places) => places.slice(0, PEER_SIDE).map(positionOf));
  const peerMatrix = valhalla && (await timeEach(count.peerMatrix, 0, () => valhalla.matrix(...part)));

  const pair = (run) => [work.units[run + WARM_UP], work.incidents[run + WARM_UP]];
  const time = await timeEach(count.ours, WARM_UP, (run) => {
    engine.time(...pair(run));
  });
  const peerTime =
    valhalla &&
    (await timeEach(5 * count.peer, WARM_UP, (run) => valhalla.route(...pair(run).map(positionOf))));
  return [
    ...rowsOf(
      { name: '1,000 × 1,000 matrix', unit: 's', reach: 0.4, ours: matrix },
      {
        peerName: `${VALHALLA}, ${PEER_SIDE} × ${PEER_SIDE} scaled`,
        taken: peerMatrix,
        scale: (MATRIX_SIDE / PEER_SIDE) ** 2,
        reachRatio: 1000,
      },
      { peerName: `${HEAP}, one row scaled`, taken: heap, scale: MATRIX_SIDE },
    ),
    ...rowsOf(
      { name: 'point to point, time only', unit: 'µs', reach: 50, ours: time },
      { peerName: VALHALLA, taken: peerTime, reachRatio: 500 },
      { peerName: HEAP, taken: heap },
    ),
  ];
}

/** What is reached from a place, where a fix lies, and what way a vehicle came. */
export async function measurePlaces({ engine, peers: { valhalla }, work, count }, note) {
  const { fixes, traces, incidents } = work;
  const isochrones = await timeEach(count.slow, 5, (run) => {
    engine.isochrones(incidents[run + 5]);
  });
  const peerIsochrones =
    valhalla &&
    (await timeEach(count.peer, 2, (run) =>
      valhalla.isochrones(
        incidents[run + 2].position,
        engine.isochroneSeconds.map((s) => s / 60),
      ),
    ));
  const snaps = await timeEach(count.slow, WARM_UP, () => {
    for (const fix of fixes) engine.snapper.snap(fix);
  });
  const locate = (run, size) => valhalla.locate(fixes.slice(run, run + size));
  const locates = valhalla && (await timeEach(5 * count.peer, WARM_UP, (run) => locate(run + WARM_UP, 1)));
  const batches = valhalla && (await timeEach(count.peer, 5, (run) => locate(run + 5, LOCATE_BATCH)));

  const trace = (run) => traces.at(run % traces.length);
  const matches = await timeEach(count.slow, 10, (run) => {
    engine.match(trace(run).fixes);
  });
  const peerMatches = valhalla && (await timeEach(count.peer, 2, (run) => valhalla.match(trace(run).fixes)));
  noteErrors('ours', traces, await inTurn(traces, engine.match), note);
  if (valhalla) noteErrors(VALHALLA, traces, await inTurn(traces, valhalla.match), note);
  const traceLength = traces[0].fixes.length;
  return [
    ...rowsOf(
      { name: 'isochrone, 5 and 10 min', unit: 'ms', reach: 6, ours: isochrones },
      { peerName: VALHALLA, taken: peerIsochrones, reachRatio: 20 },
    ),
    ...rowsOf(
      { name: 'snap a fix', unit: 'fixes/s', reach: 250_000, ours: snaps, things: fixes.length },
      { peerName: `${VALHALLA} locate`, taken: locates, things: 1, reachRatio: 200 },
      { peerName: `${VALHALLA} locate, ${LOCATE_BATCH} at once`, taken: batches, things: LOCATE_BATCH },
    ),
    ...rowsOf(
      { name: 'match a trace', unit: 'fixes/s', reach: 15_000, ours: matches, things: traceLength },
      { peerName: `${VALHALLA} trace_attributes`, taken: peerMatches, reachRatio: 1 },
    ),
  ];
}

/** Getting ready. */
export async function measureOpening({ engine, count }, preparing) {
  const saved = engine.save();
  const opening = await timeEach(count.rare, 2, () => engine.open(saved));
  return [
    ...rowsOf({
      name: 'prepare the hierarchy',
      unit: 's',
      reach: engine.turns ? 60 : 15,
      ours: preparing && [preparing],
    }),
    ...rowsOf({
      name: preparing ? 'open a prepared network' : 'open a network',
      unit: 's',
      reach: 0.3,
      ours: opening,
    }),
  ];
}

const positionOf = ({ position }) => position;

async function inTurn(traces, match) {
  const matched = [];
  for (const { fixes } of traces) matched.push(await match(fixes));
  return matched;
}

/** How far from where the vehicle was a matcher puts it, and how many fixes it gives up on. */
function noteErrors(who, traces, matched, note) {
  const errors = traces.flatMap((trace, index) => errorsOf(trace, matched[index]));
  const known = errors.filter((error) => error !== undefined);
  const [middle, high] = [0.5, 0.95].map((p) => quantileOf(known, p).toFixed(1));
  note(
    `match, ${who}: ${middle} m from the truth (p95 ${high} m); ${errors.length - known.length} of ${errors.length} fixes given up`,
  );
}
