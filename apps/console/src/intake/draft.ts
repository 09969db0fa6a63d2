import type { LonLat } from '@lamplight/base';
import { isLonLat } from '@lamplight/base';
import { type PlaceCandidate, placeCandidateSchema } from '@lamplight/contracts';
import { type Location, newId, newIdempotencyKey } from '@lamplight/ui';
import { useCallback, useEffect, useState } from 'react';
import { readStored, removeStored, writeStored } from '../state/storage.js';

/** What the system calls a place. */
export interface DraftPlace extends Pick<PlaceCandidate, 'label'> {
  /** How it fits what was asked for; `null` for a place that nobody asked for by name, but read off the map. */
  readonly found: Pick<PlaceCandidate, 'kind' | 'precision' | 'note'> | null;
}

const placeSchema = placeCandidateSchema.pick({ label: true }).extend({
  found: placeCandidateSchema.pick({ kind: true, precision: true, note: true }).nullable(),
});

/** A call as far as it has been taken down. */
export interface Draft {
  /** The call at the server that this is about; `null` while it is only here. */
  readonly callId: string | null;
  readonly words: string;
  readonly position: LonLat | null;
  /** How the position became known; set on the map unless it came with the call. */
  readonly method: Location['method'];
  /** The place at the position; `null` while it has no name. */
  readonly place: DraftPlace | null;
  readonly typeCode: string | null;
  /** `null` leaves it to the type. */
  readonly priority: number | null;
  readonly note: string;
  readonly callerName: string;
  readonly callerNumber: string;
  /**
   * Names and keys of what will be sent, made when the draft is. They outlast a reload, so that sending again after
   * one does not make a second incident.
   */
  readonly newCallId: string;
  readonly incidentId: string;
  readonly key: string;
}

export const emptyDraft = (): Draft => ({
  callId: null,
  words: '',
  position: null,
  method: 'map',
  place: null,
  typeCode: null,
  priority: null,
  note: '',
  callerName: '',
  callerNumber: '',
  newCallId: newId(),
  incidentId: newId(),
  key: newIdempotencyKey(),
});

export interface DraftState {
  readonly draft: Draft | null;
  /** Begins another draft, or goes on with the one there is when it is about the same call. */
  begin(draft: Draft): void;
  change(part: Partial<Draft>): void;
  discard(): void;
}

/** The draft of this account in this browser: nothing typed is lost on a reload. */
export function useDraft(accountId: string): DraftState {
  const name = `draft.${accountId}`;
  const [draft, setDraft] = useState<Draft | null>(() => readDraft(name));
  useEffect(() => {
    if (draft) writeStored(name, draft);
    else removeStored(name);
  }, [name, draft]);
  const begin = useCallback((next: Draft) => setDraft(next), []);
  const change = useCallback(
    (part: Partial<Draft>) => setDraft((before) => before && { ...before, ...part }),
    [],
  );
  const discard = useCallback(() => setDraft(null), []);
  return { draft, begin, change, discard };
}

/** What a call says of its own place. */
export const placeOfCall = (location: Location | null): DraftPlace | null =>
  location?.label ? { label: { en: location.label, zh: location.label }, found: null } : null;

/** True when there is nothing in it that somebody typed. */
export const isUntouched = ({ words, position, typeCode, note, callerName, callerNumber }: Draft): boolean =>
  words + note + callerName + callerNumber === '' && position === null && typeCode === null;

function readDraft(name: string): Draft | null {
  const stored = readStored(name);
  const text = (field: string): string | null => {
    const value = stored[field];
    return typeof value === 'string' ? value : null;
  };
  const key = text('key');
  const newCallId = text('newCallId');
  const incidentId = text('incidentId');
  if (key === null || newCallId === null || incidentId === null) return null;
  const { priority, position } = stored;
  return {
    key,
    newCallId,
    incidentId,
    callId: text('callId'),
    words: text('words') ?? '',
    typeCode: text('typeCode'),
    note: text('note') ?? '',
    callerName: text('callerName') ?? '',
    callerNumber: text('callerNumber') ?? '',
    priority: typeof priority === 'number' ? priority : null,
    position: readPosition(position),
    method: METHODS.find((each) => each === stored.method) ?? 'map',
    place: placeSchema.safeParse(stored.place).data ?? null,
  };
}

const METHODS = [
  'words',
  'cell',
  'device',
  'map',
  'address',
  'field',
] as const satisfies Location['method'][];

function readPosition(value: unknown): LonLat | null {
  if (!Array.isArray(value)) return null;
  const [lon, lat]: unknown[] = value;
  return typeof lon === 'number' && typeof lat === 'number' && isLonLat([lon, lat]) ? [lon, lat] : null;
}
