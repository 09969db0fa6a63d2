import { seconds } from '@lamplight/base';
import type { CatalogueEffect } from '@lamplight/contracts';
import {
  type AgencyCatalogue,
  type Requirement,
  recommend,
  requirementsAt,
  type Unit,
} from '@lamplight/domain';
import type { IncidentCount } from '@lamplight/store';

type TypeEffect = CatalogueEffect['types'][number];
type Side = TypeEffect['before'];

/**
 * What two catalogues make of the same incidents: the priority that each type starts with, what its run card asks for at
 * the alarm level that the incident reached, and whether the units that are registered could have filled that if all had
 * been free. Nothing is said of where units were, who was busy, or what a dispatcher decided otherwise.
 *
 * Cost: a matching for each different pair of run card and level.
 */
export function compareCatalogues(
  counts: readonly IncidentCount[],
  units: Iterable<Unit>,
  catalogues: { readonly before: AgencyCatalogue; readonly after: AgencyCatalogue },
): Omit<CatalogueEffect, 'from' | 'to'> {
  const registered = [...units].filter(({ retired }) => !retired);
  const before = judge(catalogues.before, registered);
  const after = judge(catalogues.after, registered);
  const types = new Map<string, { count: number; before: Sum; after: Sum }>();
  let incidents = 0;
  let unclassified = 0;
  for (const { typeCode, alarmLevel, count } of counts) {
    incidents += count;
    const was = typeCode === null ? undefined : before(typeCode, alarmLevel);
    const is = typeCode === null ? undefined : after(typeCode, alarmLevel);
    if (typeCode === null || !was || !is) {
      unclassified += count;
      continue;
    }
    const row = types.get(typeCode) ?? { count: 0, before: startSum(was), after: startSum(is) };
    row.count += count;
    addTo(row.before, was, count);
    addTo(row.after, is, count);
    types.set(typeCode, row);
  }

  const rows = Array.from(types, ([typeCode, row]): TypeEffect => {
    const sides = { before: finish(row.before), after: finish(row.after) };
    const differs = JSON.stringify(sides.before) !== JSON.stringify(sides.after);
    return { typeCode, count: row.count, ...sides, differs };
  }).sort(
    (a, b) =>
      Number(b.differs) - Number(a.differs) ||
      b.count - a.count ||
      a.typeCode.localeCompare(b.typeCode, 'en'),
  );
  return {
    incidents,
    unclassified,
    changed: rows.reduce((sum, { differs, count }) => sum + (differs ? count : 0), 0),
    before: total(rows.map((row) => row.before.demand)),
    after: total(rows.map((row) => row.after.demand)),
    types: rows,
  };
}

interface Judgement {
  readonly priority: Side['priority'];
  readonly runCard: string;
  readonly requires: readonly Requirement[];
  readonly met: boolean;
}

/** What a catalogue asks for an incident of a type at a level; `undefined` for a type that it does not know. */
function judge(
  catalogue: AgencyCatalogue,
  units: readonly Unit[],
): (typeCode: string, alarmLevel: number) => Judgement | undefined {
  const known = new Map<string, { readonly requires: readonly Requirement[]; readonly met: boolean }>();
  return (typeCode, alarmLevel) => {
    const type = catalogue.findIncidentType(typeCode);
    if (!type) return undefined;
    const key = `${type.runCard} ${alarmLevel}`;
    let asked = known.get(key);
    if (!asked) {
      const requires = requirementsAt(catalogue.runCardOf(type), alarmLevel);
      asked = { requires, met: isMet(requires, units, catalogue) };
      known.set(key, asked);
    }
    return { priority: type.priority, runCard: type.runCard, ...asked };
  };
}

/** Whether each place could have a unit of its own, by the matching that recommends: all free, all equally near. */
function isMet(
  requires: readonly Requirement[],
  units: readonly Unit[],
  { satisfies }: AgencyCatalogue,
): boolean {
  const { requirements } = recommend({
    priority: 1,
    alarmLevel: 1,
    requires,
    assigned: [],
    units: units.map(({ id, capabilities, minimumCrew }) => ({
      unitId: id,
      availability: 'available',
      capabilities,
      crew: minimumCrew,
      minimumCrew,
      positionAge: seconds(0),
      assumedAtHome: false,
      eta: { p50: seconds(0), p90: seconds(0) },
      work: null,
      returning: false,
    })),
    staleAfter: seconds(1),
    satisfies,
  });
  return requirements.every(({ lacking }) => lacking === 0);
}

interface Sum {
  readonly priority: Side['priority'];
  readonly runCard: string;
  readonly demand: Map<string, number>;
  unmet: number;
}

const startSum = ({ priority, runCard }: Judgement): Sum => ({
  priority,
  runCard,
  demand: new Map(),
  unmet: 0,
});

function addTo(sum: Sum, { requires, met }: Judgement, times: number): void {
  for (const { capability, count } of requires)
    sum.demand.set(capability, (sum.demand.get(capability) ?? 0) + count * times);
  if (!met) sum.unmet += times;
}

const finish = ({ demand, ...rest }: Sum): Side => ({ ...rest, demand: listDemand(demand) });

function total(demands: readonly Side['demand'][]): Side['demand'] {
  const sum = new Map<string, number>();
  for (const { capability, count } of demands.flat()) sum.set(capability, (sum.get(capability) ?? 0) + count);
  return listDemand(sum);
}

const listDemand = (demand: ReadonlyMap<string, number>): Side['demand'] =>
  Array.from(demand, ([capability, count]) => ({ capability, count })).sort((a, b) =>
    a.capability.localeCompare(b.capability, 'en'),
  );
