import { REFUSAL_CODES } from '@lamplight/domain';
import { describe, expect, it } from 'vitest';
import {
  amendRoadConditionBody,
  clientMessageSchema,
  declareRoadConditionBody,
  deviceReportSchema,
  idempotencyKeySchema,
  identifierSchema,
  instantSchema,
  lonLatSchema,
  PROBLEM_CODES,
  PROBLEMS,
  receiveCallBody,
  statusOfRefusal,
  textSchema,
} from '../src/index.js';

const reasonOf = (result: {
  success: boolean;
  error?: { issues: readonly { message: string }[] } | undefined;
}) => (result.success ? undefined : result.error?.issues[0]?.message);

describe('problems', () => {
  it('have a status for every refusal of the domain', () => {
    for (const code of REFUSAL_CODES) expect([404, 409, 422], code).toContain(statusOfRefusal(code));
    expect(statusOfRefusal('unit-unknown')).toBe(404);
    expect(statusOfRefusal('disposition-unknown')).toBe(422);
    expect(statusOfRefusal('unit-committed')).toBe(409);
  });

  it('are listed completely and once, with codes that are words', () => {
    expect(new Set(PROBLEM_CODES).size).toBe(PROBLEM_CODES.length);
    expect([...PROBLEM_CODES].sort()).toEqual([...REFUSAL_CODES, ...Object.keys(PROBLEMS)].sort());
    for (const code of PROBLEM_CODES) expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const status of Object.values(PROBLEMS)) expect(status).toBeGreaterThanOrEqual(400);
  });

  it('mean that what does not exist is a 404', () => {
    const unknown = REFUSAL_CODES.filter((code) =>
      /^(call|incident|assignment|unit|condition)-unknown$/.test(code),
    );
    expect(REFUSAL_CODES.filter((code) => statusOfRefusal(code) === 404)).toEqual(unknown);
  });
});

describe('requests', () => {
  it('CMD-11: lose nothing without a word: a field that does not exist is refused by name', () => {
    expect(reasonOf(receiveCallBody.safeParse({ callerNumer: '1' }))).toContain('callerNumer');
    expect(
      reasonOf(deviceReportSchema.safeParse({ id: '12345678', assignmentId: 'a', stage: 'onScene', at: 1 })),
    ).toContain('at');
    expect(reasonOf(clientMessageSchema.safeParse({ type: 'subscribe', token: 'x' }))).toContain('token');
  });

  it('CMD-11: have what was left out filled in', () => {
    expect(receiveCallBody.parse({})).toEqual({
      channel: 'voice',
      externalId: null,
      line: null,
      callerNumber: null,
      location: null,
      ringAt: null,
    });
    expect(clientMessageSchema.parse({ type: 'subscribe' })).toEqual({ type: 'subscribe', since: null });
    const closure = { effect: { kind: 'closed' }, source: 'police', reason: 'flood' };
    const place = { kind: 'street', name: 'Ferry Street' };
    expect(declareRoadConditionBody.parse({ ...closure, place })).toEqual({
      ...closure,
      place: { ...place, within: null },
      from: null,
      to: null,
    });
  });

  it('tell what is left out of an amendment from what is taken away by it', () => {
    expect(amendRoadConditionBody.parse({})).toEqual({});
    expect(amendRoadConditionBody.parse({ to: null })).toEqual({ to: null });
    expect(reasonOf(amendRoadConditionBody.safeParse({ place: {} }))).toContain('place');
  });

  it('name the place of a road condition in one of four ways', () => {
    const [a, b, c] = [
      [113.5, 24.8],
      [113.6, 24.8],
      [113.6, 24.9],
    ];
    const closure = { effect: { kind: 'slowed', factor: 0.5 }, source: 'weather service', reason: 'storm' };
    for (const place of [
      { kind: 'edges', edges: [{ way: 7, position: a }], direction: 'along' },
      { kind: 'street', name: 'Ferry Street', within: [113, 24, 114, 25] },
      { kind: 'polygon', rings: [[a, b, c]] },
      { kind: 'line', points: [a, b], width: 20 },
    ]) {
      expect(reasonOf(declareRoadConditionBody.safeParse({ ...closure, place })), place.kind).toBeUndefined();
    }
    for (const within of [[114, 24, 113, 25], [113, 24, 114], 'all', [113, 24, 114, 91]]) {
      const place = { kind: 'street', name: 'Ferry Street', within };
      expect(reasonOf(declareRoadConditionBody.safeParse({ ...closure, place }))).toBe(
        'must be [west, south, east, north] in degrees',
      );
    }
  });

  it('name the reason of what does not fit', () => {
    expect(reasonOf(lonLatSchema.safeParse([24.8, 113.55]))).toContain('longitude first');
    expect(reasonOf(idempotencyKeySchema.safeParse('a b'))).toContain('8 to 128');
    expect(reasonOf(identifierSchema.safeParse('../etc'))).toContain('1 to 64 letters');
    expect(reasonOf(textSchema(5).safeParse('  '))).toBe('must not be empty');
    expect(reasonOf(textSchema(5).safeParse('\ud800'))).toContain('cannot be stored');
    expect(reasonOf(instantSchema.safeParse('2026-02-30T00:00:00Z'))).toBeTruthy();
  });

  it('take every identifier that can be part of a topic and a path, and no other', () => {
    for (const id of ['u1', 'E-12', 'a.b:c_d', '019c0000-0000-7000-8000-000000000000'])
      expect(identifierSchema.safeParse(id).success, id).toBe(true);
    for (const id of ['', '-a', 'a/b', 'a+b', '#', 'a b', 'a\u0000', 'é', 'x'.repeat(65)])
      expect(identifierSchema.safeParse(id).success, id).toBe(false);
  });
});
