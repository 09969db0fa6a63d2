import { recommendFor } from '../apps/server/dist/desk/recommendation.js';
import { openRoadDesk } from '../apps/server/dist/roads/desk.js';
import { createRandom, instant, seconds } from '../packages/base/dist/index.js';
import { createCatalogue, ResponseBoard, SHIPPED_RULES } from '../packages/domain/dist/index.js';
import {
  createMetric,
  createSnapper,
  exportArcs,
  prepareHierarchy,
  serializeHierarchy,
  serializeNetwork,
  UNCALIBRATED,
} from '../packages/roads/dist/index.js';
import { loadNetwork } from './road-network.mjs';
import { quantileOf, timeEach } from './statistics.mjs';

const UNITS = 1000;
const RUNS = 300;
const { network, name } = loadNetwork();

export const conditions = [
  `${UNITS} live units on the network of ${name} (${network.nodeCount} nodes, ${network.arcCount} arcs), ${RUNS} incidents, seed 7`,
  'ours: facts gathered, exact travel times of all units by road, run card filled, every unit ranked or excluded with its reason',
  'peer: plain binary-heap Dijkstra from the incident over the whole graph, then a sort; nearest node, no reasons, no run card',
  'ours: on the threads of the server, prepared, with turns, a median and a P90 for each unit; peer: in process, without turns',
];

export async function measure() {
  const random = createRandom(7);
  const arcs = [...exportArcs(network)];
  const somewhere = () => arcs[random.integer(arcs.length)].from;
  const at = instant(0);

  const board = new ResponseBoard();
  const positions = new Map();
  const kinds = [
    ['patrol'],
    ['patrol'],
    ['traffic'],
    ['fire-engine'],
    ['ambulance-als'],
    ['ladder'],
    ['fire-command'],
  ];
  for (let index = 0; index < UNITS; index++) {
    const id = `U${index}`;
    const capabilities = random.pick(kinds);
    const shared = { id, at };
    board.apply({
      ...shared,
      type: 'UnitRegistered',
      callSign: id,
      unitType: capabilities[0],
      capabilities,
      stationId: null,
      home: null,
      minimumCrew: 1,
    });
    board.apply({ ...shared, type: 'DutyBegun', crew: ['one'] });
    positions.set(id, { position: somewhere(), eventTime: at });
  }
  const desk = await openRoadDesk({
    file: serializeNetwork(network),
    hierarchy: serializeHierarchy(prepareHierarchy(createMetric(network).graph)),
    calibration: UNCALIBRATED,
    timeZone: 'UTC',
    now: at,
    logger: { info() {}, error: console.error },
  });
  if (!desk.ok) throw new Error(desk.error.message);
  const roads = desk.value;
  const sources = {
    state: board,
    units: board.units.values(),
    findPosition: (unitId) => positions.get(unitId),
    roads,
    rules: SHIPPED_RULES,
    catalogue: createCatalogue(),
    staleAfter: seconds(300),
  };
  const incidents = Array.from({ length: RUNS + 20 }, () => ({
    id: 'I',
    typeCode: 'FSTRU',
    priority: 1,
    alarmLevel: 1,
    location: { position: somewhere() },
  }));

  const ours = await timeEach(RUNS, 20, async (run) => {
    const answer = await recommendFor(incidents[run + 20], at, { ...sources, units: board.units.values() });
    if (!answer.ok || answer.value.candidates.length === 0) throw new Error('nothing was recommended');
  });
  const moving = await timeEach(RUNS, 20, async (run) => {
    for (const [id, { position }] of positions) positions.set(id, { position: [...position], eventTime: at });
    await recommendFor(incidents[run + 20], at, { ...sources, units: board.units.values() });
  });
  const naive = naiveRanking([...positions.values()].map(({ position }) => position));
  const peer = await timeEach(60, 5, (run) => naive(incidents[run + 20].location.position));
  const row = (what, mine, p) => ({
    name: what,
    unit: 'ms',
    ours: quantileOf(mine, p),
    peer: quantileOf(peer, p),
    peerName: 'heap Dijkstra + sort',
  });
  return [
    row('recommendation, units as they were, p50', ours, 0.5),
    row('recommendation, units as they were, p95', ours, 0.95),
    row('recommendation, all 1,000 units moved since, p50', moving, 0.5),
  ];
}

/** What one writes first: a graph of objects, a binary heap, the whole city searched, the units sorted. */
function naiveRanking(units) {
  const incoming = new Map();
  for (const { fromNode, toNode, duration } of exportArcs(network)) {
    const list = incoming.get(toNode) ?? [];
    list.push({ node: fromNode, duration });
    incoming.set(toNode, list);
  }
  const snapper = createSnapper(network);
  const nodeOf = (position) => network.arrays.edgeFrom[snapper.snap(position).value.edge];
  const unitNodes = units.map(nodeOf);
  return (target) => {
    const best = new Map([[nodeOf(target), 0]]);
    const heap = [{ node: nodeOf(target), time: 0 }];
    const done = new Set();
    while (heap.length > 0) {
      const { node, time } = popLeast(heap);
      if (done.has(node)) continue;
      done.add(node);
      for (const { node: next, duration } of incoming.get(node) ?? []) {
        if (time + duration >= (best.get(next) ?? Infinity)) continue;
        best.set(next, time + duration);
        push(heap, { node: next, time: time + duration });
      }
    }
    return unitNodes
      .map((node, unit) => ({ unit, time: best.get(node) ?? Infinity }))
      .sort((a, b) => a.time - b.time);
  };
}

function push(heap, entry) {
  heap.push(entry);
  for (let child = heap.length - 1; child > 0; ) {
    const parent = (child - 1) >> 1;
    if (heap[parent].time <= heap[child].time) break;
    [heap[parent], heap[child]] = [heap[child], heap[parent]];
    child = parent;
  }
}

function popLeast(heap) {
  const least = heap[0];
  const last = heap.pop();
  if (heap.length === 0) return least;
  heap[0] = last;
  for (let parent = 0; ; ) {
    let child = 2 * parent + 1;
    if (child >= heap.length) return least;
    if (child + 1 < heap.length && heap[child + 1].time < heap[child].time) child += 1;
    if (heap[parent].time <= heap[child].time) return least;
    [heap[parent], heap[child]] = [heap[child], heap[parent]];
    parent = child;
  }
}
