import { formatInstant, isLonLat, type LonLat } from '@lamplight/base';
import { type enterPaperRecordBody, PAPER_STAGES } from '@lamplight/contracts';
import { newId } from '@lamplight/ui';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { readStored, removeStored, writeStored } from '../state/storage.js';
import { readWallClock } from '../state/wall-clock.js';

const text = z.string().default('');
const orderSchema = z.object({
  unitId: z.string().nullable().default(null),
  dispatched: text,
  acknowledged: text,
  enroute: text,
  onScene: text,
  cleared: text,
});
const draftSchema = z.object({
  /** Made with the draft and kept through a reload, so that a card is entered once however often it is sent. */
  recordId: z.uuid(),
  paperNumber: text,
  ringAt: text,
  answeredAt: text,
  callerName: text,
  callerNumber: text,
  words: text,
  position: z
    .custom<LonLat>(
      (value) => Array.isArray(value) && value.length === 2 && isLonLat([Number(value[0]), Number(value[1])]),
    )
    .nullable()
    .default(null),
  label: z.string().nullable().default(null),
  typeCode: z.string().nullable().default(null),
  priority: z.literal([1, 2, 3, 4, 5]).nullable().default(null),
  notes: z.array(z.object({ at: text, text })).default([]),
  orders: z.array(orderSchema).default([]),
  closedAt: text,
  disposition: z.string().nullable().default(null),
});

/** A card as far as it has been typed in; times as the fields hold them, by the agency's clock. */
export type EntryDraft = z.output<typeof draftSchema>;
export type OrderDraft = EntryDraft['orders'][number];

export const emptyEntry = (): EntryDraft => draftSchema.parse({ recordId: newId() });
export const emptyOrder: OrderDraft = orderSchema.parse({});

/** The card of this account in this browser: nothing typed is lost on a reload. */
export function useEntryDraft(accountId: string): readonly [EntryDraft, (part: Partial<EntryDraft>) => void] {
  const name = `paper-entry.${accountId}`;
  const [draft, setDraft] = useState(() => draftSchema.safeParse(readStored(name)).data ?? emptyEntry());
  useEffect(() => {
    if (isUntouched(draft)) removeStored(name);
    else writeStored(name, draft);
  }, [name, draft]);
  return [draft, (part) => setDraft((before) => ({ ...before, ...part }))];
}

const isUntouched = ({ recordId, ...rest }: EntryDraft): boolean => {
  const { recordId: _, ...empty } = draftSchema.parse({ recordId });
  return JSON.stringify(rest) === JSON.stringify(empty);
};

/** What is still needed before a card can be sent. */
export type Missing =
  | 'paper.number'
  | 'paper.aTime'
  | 'paper.place'
  | 'paper.type'
  | 'paper.unit'
  | 'paper.closed';

type Record = z.input<typeof enterPaperRecordBody>['record'];

/** The card as the server takes it, or what is still needed. */
export function readEntry(
  draft: EntryDraft,
  zone: string,
): { readonly record: Record } | { readonly missing: readonly Missing[] } {
  const wire = (typed: string): string | null => {
    const at = readWallClock(typed, zone);
    return at === null ? null : formatInstant(at);
  };
  const notes = draft.notes.filter((note) => note.text.trim() !== '');
  const { typeCode, words } = draft;
  const missing: Missing[] = [];
  if (draft.paperNumber.trim() === '') missing.push('paper.number');
  if (wire(draft.ringAt) === null && wire(draft.answeredAt) === null && draft.orders.length === 0)
    missing.push('paper.aTime');
  if (words.trim() === '') missing.push('paper.place');
  if (typeCode === null) missing.push('paper.type');
  const orders = draft.orders.map(({ unitId, ...stamps }) => {
    const dispatched = wire(stamps.dispatched);
    if (unitId === null || dispatched === null) missing.push('paper.unit');
    const rest = PAPER_STAGES.map((stage) => [stage, wire(stamps[stage])] as const);
    return { ...Object.fromEntries(rest), unitId: unitId ?? '', dispatched: dispatched ?? '' };
  });
  const closedAt = wire(draft.closedAt);
  if ((closedAt === null) !== (draft.disposition === null)) missing.push('paper.closed');
  const began = wire(draft.answeredAt) ?? wire(draft.ringAt) ?? orders[0]?.dispatched ?? '';
  if (missing.length > 0 || typeCode === null) return { missing: [...new Set(missing)] };
  return {
    record: {
      recordId: draft.recordId,
      paperNumber: draft.paperNumber,
      ringAt: wire(draft.ringAt),
      answeredAt: wire(draft.answeredAt),
      callerName: draft.callerName.trim() || null,
      callerNumber: draft.callerNumber.trim() || null,
      location: {
        words,
        position: draft.position,
        label: draft.label,
        method: draft.position === null ? 'words' : 'address',
      },
      typeCode,
      priority: draft.priority,
      notes: notes.map((note) => ({ at: wire(note.at) ?? began, text: note.text })),
      orders,
      closed:
        closedAt !== null && draft.disposition !== null
          ? { at: closedAt, disposition: draft.disposition }
          : null,
    },
  };
}
