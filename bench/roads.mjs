import { loadavg } from 'node:os';
import { createRandom, seconds } from '../packages/base/dist/index.js';
import * as roads from '../packages/roads/dist/index.js';
import {
  measureOpening,
  measurePeerTimes,
  measurePlaces,
  measureTimes,
  measureUnits,
  measureUnprepared,
} from './road-figures.mjs';
import { loadGeneratedCity, loadSanFrancisco } from './road-network.mjs';
import { countMismatches, createOracle } from './road-oracle.mjs';
import { comparePeers, openPeers } from './road-peers.mjs';
import { drawPlaces, driveTraces, nodesOf, stray } from './road-workload.mjs';

const SEED = 7;

export const options = {
  city: { type: 'string', default: 'generated' },
  turns: { type: 'boolean', default: false },
  peers: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
};

export const conditions = [
  '--city generated|sf, --turns (turn-based, else node-based), --peers (installs and runs them), --quick (few runs, small city)',
  `places drawn on edges, seed ${SEED}, the same for all; p50 and p95 of single questions one after another`,
  'ours: in process, one thread, exact to the tenth of a second, from and to any place on an edge; units are snapped when they report',
  'heap Dijkstra: in process, plain JavaScript on the same arrays, the whole graph, nothing prepared',
  'Valhalla: in process, the same extract, turn-based, its own speeds; JSON in and out and places snapped in each request; auto, timedistancematrix, no test for islands, no limits',
  'pgRouting: a PostgreSQL of its own by socket file, the same arcs and weights, node-based, from node to node; one search over the arcs turned round',
  'for reference, measured elsewhere on a grid of 198,585 nodes: RoutingKit (C++, -O3) 1,000 ETAs in 0.13 ms, 10,000 in 0.57 ms, point to point in 13 µs',
];

/** How large a city to generate (265,000 becomes a network of 200,407 nodes), and how often each thing is done. */
const FULL = {
  city: 265_000,
  checks: 100,
  ours: 1000,
  slow: 100,
  rare: 20,
  matrix: 5,
  peer: 20,
  peerMatrix: 2,
};
const QUICK = { city: 20_000, checks: 20, ours: 100, slow: 20, rare: 5, matrix: 1, peer: 5, peerMatrix: 1 };

/** Measures the road engine once it has answered like plain Dijkstra; throws, with no figures, when it has not. */
export async function measure({ city, turns, peers: withPeers, quick }, note) {
  const count = quick ? QUICK : FULL;
  const { name, extract, network } = loadCity(city, count.city);
  const engine = openEngine(network, turns);
  const { nodeCount, leaving } = engine.graph;
  const noteLoad = () => note(`load of the machine in the last minute: ${loadavg()[0].toFixed(1)}`);
  noteLoad();
  note(`${name}: ${network.nodeCount} nodes, ${network.edgeCount} edges, ${network.arcCount} arcs`);
  note(`searched: ${nodeCount} nodes, ${leaving.node.length} steps, ${turns ? 'turn' : 'node'}-based`);
  const work = drawWork(engine, count);
  check(engine, work, count, note);

  const peers = withPeers ? await openPeers(extract, engine, note) : {};
  try {
    await comparePeers(peers, engine, work.units.slice(0, 1000), work.incidents[0], note);
    const bench = { engine, peers, work, count };
    const peerTimes = await measurePeerTimes(bench);
    const unprepared = await measureUnprepared(bench, peerTimes);
    const preparing = engine.prepare();
    check(engine, work, count, note);
    const rows = [
      ...(await measureUnits(bench, peerTimes)),
      ...unprepared,
      ...(await measureTimes(bench, peerTimes)),
      ...(await measurePlaces(bench, note)),
      ...(await measureOpening(bench, preparing)),
    ];
    noteLoad();
    return rows;
  } finally {
    await peers.close?.();
  }
}

function loadCity(city, size) {
  if (city === 'sf') return loadSanFrancisco();
  if (city === 'generated') return loadGeneratedCity(1, size);
  throw new Error(`--city ${city}: name generated or sf`);
}

/** All that is asked of the engine. */
function openEngine(network, turns) {
  const metric = roads.createMetric(network, { turns });
  const times = roads.createTravelTimes(metric);
  const isochrones = roads.createIsochrones(metric);
  const matcher = roads.createMatcher(metric);
  const placed = [];
  const isochroneSeconds = [seconds(300), seconds(600)];
  let hierarchy;
  return {
    network,
    turns,
    graph: metric.graph,
    snapper: roads.createSnapper(network),
    time: times.time,
    oneToMany: times.oneToMany,
    manyToOne: times.manyToOne,
    matrix: times.matrix,
    findRoute(from, to) {
      const route = times.route(from, to);
      return route.ok ? route.value : undefined;
    },

    /** Milliseconds that preparing took. */
    prepare() {
      const start = performance.now();
      hierarchy = roads.prepareHierarchy(metric.graph);
      const took = performance.now() - start;
      times.useHierarchy(hierarchy);
      return took;
    },
    isPrepared: () => hierarchy !== undefined,

    /** Units numbered as the places are. Lists of `{duration}`: the nearest ones, and all in the order of numbers. */
    placeUnits(places) {
      const units = roads.createUnitIndex(metric);
      placed.push(units);
      const put = (number, place) => units.put(`U${number}`, place);
      places.forEach((place, number) => {
        put(number, place);
      });
      if (hierarchy) units.useHierarchy(hierarchy);
      return { put, nearest: units.nearest, timesTo: units.timesTo };
    },
    /** Opened again, the weights are those the hierarchy was prepared for, and it is taken into use again. */
    setClosed(arc, closed) {
      metric.setArc(arc, metric.durations[arc], closed);
      if (closed || !hierarchy) return;
      times.useHierarchy(hierarchy);
      for (const units of placed) units.useHierarchy(hierarchy);
    },

    isochroneSeconds,
    isochrones: (from) => isochrones.polygons(from, isochroneSeconds),
    /** For each fix, the position on the roads where the vehicle was, or `undefined`. */
    match: (fixes) =>
      matcher
        .match(fixes.map(({ position, time }) => ({ position, at: seconds(time) })))
        .fixes.map((fix) => (fix.kind === 'matched' ? fix.snap.position : undefined)),

    save: () => ({
      network: roads.serializeNetwork(network),
      hierarchy: hierarchy && roads.serializeHierarchy(hierarchy),
    }),
    open(saved) {
      const opened = [roads.openNetwork(saved.network)];
      if (saved.hierarchy) opened.push(roads.openHierarchy(saved.hierarchy));
      if (!opened.every(({ ok }) => ok)) throw new Error('what was saved does not open');
    },
  };
}

function drawWork(engine, count) {
  const random = createRandom(SEED);
  const draw = (label, places) => drawPlaces(engine.network, engine.snapper, random.fork(label), places);
  const pairs = random.fork('trace ends');
  const strays = random.fork('fixes');
  const units = draw('units', 10_000);
  return {
    units,
    moved: draw('moved', count.ours + 20),
    incidents: draw('incidents', count.ours + 20),
    targets: draw('targets', 1000),
    fixes: units.slice(0, 1000).map(({ position }) => stray(position, strays)),
    traces: driveTraces(
      () => drawPlaces(engine.network, engine.snapper, pairs, 2),
      engine.findRoute,
      random.fork('traces'),
      count.rare,
      100,
    ),
  };
}

/**
 * Asks in every way there is, from and to each of some places, while all streets are open and while one at the place is
 * closed, and wants every answer to be that of plain Dijkstra.
 */
function check(engine, { units, incidents }, { checks }, note) {
  const oracle = createOracle(engine);
  const [some, crowd] = [units.slice(0, 50), units.slice(0, 1000)];
  const placed = engine.placeUnits(crowd);
  const tally = { answers: 0, mismatches: 0 };
  const compare = (times, wanted) => {
    tally.answers += wanted.length;
    tally.mismatches += countMismatches(times, wanted);
  };
  const compareUnits = (place, wanted) => {
    compare(placed.timesTo(place).map(durationOf), wanted);
    compare(placed.nearest(place, 10).map(durationOf), wanted.toSorted((a, b) => a - b).slice(0, 10));
  };
  for (const [index, place] of incidents.slice(0, checks).entries()) {
    const there = oracle.oneToMany(place, some);
    compare(engine.oneToMany(place, some), there);
    for (const [number, to] of some.entries()) compare([engine.time(place, to)], [there[number]]);
    compare([engine.findRoute(place, some[0])?.duration ?? Infinity], [there[0]]);
    const here = oracle.manyToOne(crowd, place);
    compare(engine.manyToOne(some, place), here.slice(0, some.length));
    compare(
      engine.matrix(some.slice(0, 5), [place, place]),
      here.slice(0, 5).flatMap((time) => [time, time]),
    );
    compareUnits(place, here);
    if (index % 10 === 0) {
      const [node] = nodesOf(engine.network, [place]);
      const arc = engine.network.arrays.firstArc[node];
      engine.setClosed(arc, true);
      compareUnits(place, oracle.manyToOne(crowd, place));
      engine.setClosed(arc, false);
    }
  }
  const { answers, mismatches } = tally;
  const state = engine.isPrepared() ? 'prepared' : 'unprepared';
  note(`${state}: ${answers} answers held against plain Dijkstra, ${mismatches} mismatches`);
  if (mismatches > 0)
    throw new Error(`${mismatches} of ${answers} answers are wrong, so no figures are given`);
}

const durationOf = ({ duration }) => duration;
