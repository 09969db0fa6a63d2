import { instant, metres, seconds } from '@lamplight/base';
import {
  CALL_CHANNELS,
  CALL_OUTCOMES,
  CONDITION_ENDINGS,
  DISCREPANCY_KINDS,
  DRIVING_DIRECTIONS,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  LINK_RELATIONS,
  LOCATION_METHODS,
  PROGRESS_STAGES,
  REPORTED_STAGES,
  SIDE_EXITS,
} from '@lamplight/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  assignmentSchema,
  callSchema,
  fixSchema,
  incidentSchema,
  responseEventSchema,
  roadConditionSchema,
  serverMessageSchema,
  unitOrdersSchema,
  unitSchema,
} from '../src/index.js';

const check = { seed: 20260301, numRuns: 200 };

/** Whole milliseconds from 1970 to 2100. */
const moment = fc.integer({ min: 0, max: Date.UTC(2100, 0) }).map(instant);
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const count = fc.integer({ min: 0, max: 1000 });
const duration = fc.integer({ min: 0, max: 100_000 }).map(seconds);
const priority = fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 5 as const);
const degrees = (limit: number) =>
  fc.double({ min: -limit, max: limit, noNaN: true }).filter((value) => !Object.is(value, -0));
const position = fc.tuple(degrees(180), degrees(90));
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  fc.constantFrom<Values[number]>(...values);

const location = fc.record({
  position: maybe(position),
  accuracy: maybe(fc.integer({ min: 0, max: 10_000 }).map(metres)),
  method: oneOf(LOCATION_METHODS),
  words: maybe(text),
  label: maybe(text),
});

const recommendation = fc.record({
  at: moment,
  alarmLevel: count,
  candidates: fc.array(
    fc.record({
      unitId: text,
      etaSeconds: duration,
      positionAgeSeconds: maybe(duration),
      suggested: fc.boolean(),
      divertFrom: maybe(text),
    }),
    { maxLength: 3 },
  ),
  requirements: fc.array(
    fc.record({ capability: text, required: count, assigned: count, suggested: count, lacking: count }),
    { maxLength: 3 },
  ),
  excluded: fc.dictionary(fc.constantFrom('stale', 'off-duty', 'crew'), count),
});

const call = fc.record({
  id: text,
  version: count,
  channel: oneOf(CALL_CHANNELS),
  externalId: maybe(text),
  line: maybe(text),
  callerNumber: maybe(text),
  callerName: maybe(text),
  location: maybe(location),
  ringAt: moment,
  answeredAt: maybe(moment),
  answeredBy: maybe(text),
  endedAt: maybe(moment),
  outcome: maybe(oneOf(CALL_OUTCOMES)),
  incidentId: maybe(text),
});

const incident = fc.record({
  id: text,
  version: count,
  number: text,
  externalId: maybe(text),
  source: oneOf(INCIDENT_SOURCES),
  status: oneOf(INCIDENT_STATUSES),
  typeCode: maybe(text),
  priority: maybe(priority),
  alarmLevel: count,
  location: maybe(location),
  openedAt: moment,
  openedBy: text,
  stamps: fc.record({
    located: maybe(moment),
    classified: maybe(moment),
    queued: maybe(moment),
    recommended: maybe(moment),
    resolved: maybe(moment),
    recovered: maybe(moment),
    settled: maybe(moment),
    closed: maybe(moment),
  }),
  notes: fc.array(fc.record({ at: moment, by: text, text }), { maxLength: 3 }),
  links: fc.array(fc.record({ incidentId: text, relation: oneOf(LINK_RELATIONS) }), { maxLength: 3 }),
  mergedInto: maybe(text),
  splitFrom: maybe(text),
  disposition: maybe(text),
  cancelReason: maybe(text),
  reopenings: fc.array(fc.record({ at: moment, by: text, reason: text }), { maxLength: 3 }),
  recommendation: maybe(recommendation),
});

const unit = fc.record({
  id: text,
  version: count,
  callSign: text,
  unitType: text,
  capabilities: fc.array(text, { maxLength: 3 }),
  stationId: maybe(text),
  home: maybe(position),
  minimumCrew: count,
  retired: fc.boolean(),
  duty: maybe(fc.record({ since: moment, crew: fc.array(text, { maxLength: 3 }) })),
  status: maybe(fc.record({ code: text, since: moment })),
});

const stamps = fc.dictionary(oneOf(PROGRESS_STAGES), moment);
const assignment = fc.record({
  id: text,
  version: count,
  incidentId: text,
  unitId: text,
  stage: oneOf([...PROGRESS_STAGES, ...SIDE_EXITS]),
  stamps,
  createdAt: moment,
  createdBy: text,
  etaSeconds: maybe(duration),
  revisedEta: maybe(fc.record({ at: moment, seconds: maybe(duration) })),
  endedAt: maybe(moment),
  endReason: maybe(text),
  discrepancies: fc.array(
    fc.record({
      stage: oneOf(REPORTED_STAGES),
      kind: oneOf(DISCREPANCY_KINDS),
      reported: moment,
      kept: maybe(moment),
      notedAt: moment,
    }),
    { maxLength: 3 },
  ),
  corrections: fc.array(
    fc.record({
      stage: oneOf(PROGRESS_STAGES),
      from: maybe(moment),
      to: moment,
      by: text,
      at: moment,
      reason: text,
    }),
    { maxLength: 3 },
  ),
});

const effect = fc.oneof(
  fc.record({ kind: fc.constant('closed') }),
  fc.record({ kind: fc.constant('slowed'), factor: fc.double({ min: 0.01, max: 1, noNaN: true }) }),
);
const line = fc.array(position, { maxLength: 4 });
const box = fc
  .tuple(
    fc.integer({ min: -180, max: 0 }),
    fc.integer({ min: -90, max: 0 }),
    fc.integer({ min: 1, max: 180 }),
  )
  .map(([west, south, east]) => [west, south, east, 90]);
const place = fc.oneof(
  fc.record({
    kind: fc.constant('edges'),
    edges: fc.array(fc.record({ way: count, position }), { maxLength: 3 }),
    direction: oneOf(DRIVING_DIRECTIONS),
  }),
  fc.record({ kind: fc.constant('street'), name: text, within: maybe(box) }),
  fc.record({ kind: fc.constant('polygon'), rings: fc.array(line, { maxLength: 2 }) }),
  fc.record({
    kind: fc.constant('line'),
    points: line,
    width: fc.integer({ min: 0, max: 500 }).map(metres),
    direction: oneOf(DRIVING_DIRECTIONS),
  }),
);
const condition = fc.record({
  id: text,
  version: count,
  effect,
  place,
  matched: maybe(count),
  from: moment,
  to: maybe(moment),
  source: text,
  reason: text,
  declaredAt: moment,
  declaredBy: text,
  amended: maybe(fc.record({ at: moment, by: text })),
  ended: maybe(fc.record({ at: moment, by: text, how: oneOf(CONDITION_ENDINGS), reason: maybe(text) })),
});

const fix = fc.record({
  unitId: text,
  position,
  eventAt: moment,
  receivedAt: moment,
  accuracy: maybe(fc.integer({ min: 0 })),
  speed: maybe(fc.integer({ min: 0, max: 100 })),
  bearing: maybe(fc.integer({ min: 0, max: 359 })),
  clockSuspect: fc.boolean(),
});

const seen = {
  calls: fc.array(call, { maxLength: 2 }),
  incidents: fc.array(incident, { maxLength: 2 }),
  units: fc.array(unit, { maxLength: 2 }),
  assignments: fc.array(assignment, { maxLength: 2 }),
  conditions: fc.array(condition, { maxLength: 2 }),
};
const message = fc.oneof(
  fc.record({ type: fc.constant('hello'), protocol: fc.constant(2), epoch: text, now: moment }),
  fc.record({ type: fc.constant('reset'), position: count, ...seen, fixes: fc.array(fix, { maxLength: 2 }) }),
  fc.record({
    type: fc.constant('change'),
    position: count,
    ...seen,
    causes: fc.array(fc.record({ type: text, id: text, by: text }), { maxLength: 2 }),
  }),
  fc.record({ type: fc.constant('positions'), fixes: fc.array(fix, { maxLength: 2 }) }),
  fc.record({ type: fc.constant('tick'), now: moment, position: count, catalogue: count }),
);

/** Values for any field of an event, by its name: the names mean the same in every event. */
const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  at: moment,
  from: moment,
  to: moment,
  reported: moment,
  kept: maybe(moment),
  channel: oneOf(CALL_CHANNELS),
  outcome: oneOf(CALL_OUTCOMES),
  source: oneOf(INCIDENT_SOURCES.filter((source) => source !== 'split' && source !== 'paper')),
  relation: oneOf(LINK_RELATIONS),
  kind: oneOf(DISCREPANCY_KINDS),
  exit: oneOf(SIDE_EXITS),
  stage: oneOf(REPORTED_STAGES),
  location,
  effect,
  place,
  matched: maybe(count),
  recommendation,
  priority,
  level: count,
  minimumCrew: count,
  citizenTold: fc.boolean(),
  capabilities: fc.array(text, { maxLength: 3 }),
  crew: fc.array(text, { maxLength: 3 }),
  home: maybe(position),
  etaSeconds: maybe(duration),
};

/** What comes back from the wire, through text as it really goes. */
const travelled = <Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>): unknown =>
  schema.parse(JSON.parse(JSON.stringify(z.encode(schema, value))));

describe('what crosses a wire comes back as it was', () => {
  it.each([
    ['a call', callSchema, call],
    ['an incident', incidentSchema, incident],
    ['a unit', unitSchema, unit],
    ['an assignment', assignmentSchema, assignment],
    ['a road condition', roadConditionSchema, condition],
    ['a fix', fixSchema, fix],
    ['a live message', serverMessageSchema, message],
  ] as const)('%s', (_, schema, values) => {
    const any: z.ZodType = schema;
    const arbitrary: fc.Arbitrary<unknown> = values;
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(travelled(any, value)).toEqual(value);
      }),
      check,
    );
  });

  it.each(responseEventSchema.options.map((schema) => [schema.shape.type.value, schema] as const))(
    'the event %s',
    (type, schema) => {
      const shape = Object.fromEntries(
        Object.keys(schema.shape).map((field) => [
          field,
          field === 'type' ? fc.constant(type) : (FIELDS[field] ?? text),
        ]),
      );
      const any: z.ZodType = responseEventSchema;
      const arbitrary: fc.Arbitrary<unknown> = fc.record(shape);
      fc.assert(
        fc.property(arbitrary, (value) => {
          expect(travelled(any, value)).toEqual(value);
        }),
        { ...check, numRuns: 50 },
      );
    },
  );

  it('orders of a unit', () => {
    const orders = fc.record({
      unitId: text,
      position: count,
      orders: fc.array(
        fc.record({
          assignmentId: text,
          incidentId: text,
          number: text,
          stage: text,
          stamps,
          typeCode: maybe(text),
          priority: maybe(count),
          position: maybe(position),
          label: maybe(text),
          words: maybe(text),
          endedAt: maybe(moment),
        }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(orders, (value) => {
        expect(travelled(unitOrdersSchema, value)).toEqual(value);
      }),
      check,
    );
  });
});
