import { metres } from '@lamplight/base';
import { type Api, type Language, type Location, type Priority, ProblemError } from '@lamplight/ui';
import type { CatalogueIndex } from '../state/catalogue-index.js';
import type { Draft, Sent } from './draft.js';
import { answersText, factsOf } from './draft-facts.js';
import type { DraftsStore } from './drafts-store.js';

/**
 * Sends drafts as commands. Every key is made of the draft's own and of what is sent, and what was answered is written
 * down at once: sending again, even after a reload, goes on where it broke off and does nothing twice.
 */
export interface SendingTools {
  readonly api: Api;
  readonly store: DraftsStore;
  readonly catalogue: CatalogueIndex;
  readonly intl: Language;
}

/** Units that were on screen as the suggestion when somebody said "send". */
export interface Suggested {
  readonly unitIds: readonly string[];
  /** Some of them are to be taken off less urgent work. */
  readonly divert: boolean;
}

/** Nothing to send: not known what it is, or nobody is free. */
export class NothingSuggestedError extends Error {
  override readonly name = 'NothingSuggestedError';
}

/** Opens the incident, unless that is done, and sends what has been typed since; `facts` leaves the note for later. */
export async function sendDraft(
  key: string,
  tools: SendingTools,
  what: 'all' | 'facts' = 'all',
): Promise<void> {
  const draft = getDraft(key, tools);
  if (draft.opened === null) await open(draft, tools);
  await sendFacts(key, tools);
  if (what === 'all') await sendNote(key, tools);
}

/** Orders units to the incident, which is opened first where it is not. `suggest` is asked for those that go. */
export async function dispatchDraft(
  key: string,
  tools: SendingTools,
  suggest: () => Promise<Suggested>,
): Promise<void> {
  await sendDraft(key, tools);
  const { api, store } = tools;
  const { order: begun, incidentId, opened } = getDraft(key, tools);
  const { unitIds, divert } = begun ?? (await suggest());
  if (unitIds.length === 0) throw new NothingSuggestedError('no unit is suggested');
  const order = begun ?? {
    key: `${key}.order.${opened?.count ?? 0}.${hash(unitIds)}`,
    unitIds: [...unitIds],
    divert,
  };
  store.change(key, { order });
  try {
    await api.dispatch(order.key, incidentId, order.unitIds, order.divert ? 'preempt' : 'refuse');
  } catch (error) {
    // Refused is settled: the next press is another order. Lost on the way is not: it must be this order again.
    if (error instanceof ProblemError) settle(key, tools, { order: null });
    throw error;
  }
  settle(key, tools, { order: null });
}

/**
 * Joins the draft to an incident there is: the call becomes one of its calls, and what was typed a note of it. The call
 * is made first where there is none.
 */
export async function joinDraft(key: string, incidentId: string, tools: SendingTools): Promise<void> {
  const draft = getDraft(key, tools);
  const { api, intl, catalogue } = tools;
  const callId = await sendCall(draft, tools);
  await api.linkCall(`${key}.join.${incidentId}`, callId, incidentId);
  const { card } = factsOf(draft, catalogue);
  const said = [
    draft.words.trim() && intl.t('intake.joinedWords', { words: draft.words.trim() }),
    draft.note.trim(),
    card && answersText(card, draft.answers, intl),
  ].filter(Boolean);
  if (said.length > 0) {
    const text = said.join('\n').slice(0, NOTE_LIMIT);
    await api.addNote(`${key}.join-note.${hash([incidentId, text])}`, incidentId, text);
  }
}

const NOTE_LIMIT = 4000;

/** What a draft would say of the place. */
export function locationOf(draft: Draft, { name }: Language) {
  const { position, words, method, accuracy, place } = draft;
  return {
    position,
    accuracy: position && accuracy !== null ? metres(accuracy) : null,
    method: position ? method : ('words' as const),
    words: words.trim() || null,
    label: place ? name(place.label).slice(0, 200) : null,
  };
}

/** True when there is something that the server does not have yet, besides a note that is being written. */
export function hasUnsentFacts(draft: Draft, { catalogue }: Pick<SendingTools, 'catalogue'>): boolean {
  const { opened } = draft;
  if (opened === null) return false;
  const classified = classificationOf(draft, catalogue);
  return (
    opened.location !== locationMark(draft) ||
    opened.caller !== callerMark(draft) ||
    (classified !== null &&
      (opened.typeCode !== classified.typeCode || opened.priority !== classified.priority)) ||
    JSON.stringify(opened.answers) !== JSON.stringify(draft.answers)
  );
}

async function open(draft: Draft, tools: SendingTools): Promise<void> {
  const { api, store, catalogue, intl } = tools;
  const { key, incidentId } = draft;
  const note = draft.note.trim().slice(0, NOTE_LIMIT) || null;
  const classification = classificationOf(draft, catalogue);
  const callId = await sendCall(draft, tools);
  const body = {
    incidentId,
    source: 'call' as const,
    callId,
    location: locationOf(draft, intl),
    classification,
    note,
  };
  try {
    await api.openIncident(`${key}.incident.${hash(body)}`, body);
    store.change(key, (now) => ({
      opened: {
        count: 1,
        location: locationMark(draft),
        typeCode: classification?.typeCode ?? null,
        priority: classification?.priority ?? null,
        answers: {},
        caller: callerMark(draft),
      },
      note: restOf(now.note, draft.note),
    }));
  } catch (error) {
    if (!(error instanceof ProblemError && error.is('incident-already-known'))) throw error;
    // A former attempt came through, and its answer did not. What it said then is asked of the server.
    await readBack(draft, tools);
  }
}

async function readBack(draft: Draft, { api, store, catalogue, intl }: SendingTools): Promise<void> {
  const { incident } = await api.incident(draft.incidentId);
  const classified = classificationOf(draft, catalogue);
  const { priority } = factsOf(draft, catalogue);
  const has = (text: string): boolean => incident.notes.some((note) => note.text === text);
  const { card } = factsOf(draft, catalogue);
  const answers = card && answersText(card, draft.answers, intl);
  store.change(draft.key, {
    opened: {
      count: incident.version,
      location: markOf(incident.location),
      typeCode: incident.typeCode,
      priority: incident.priority === priority ? (classified?.priority ?? null) : incident.priority,
      answers: answers && has(answers) ? draft.answers : {},
      caller: callerMark(draft),
    },
    ...(has(draft.note.trim()) ? { note: '' } : {}),
  });
}

/** The call at the server, made and answered where it was only here, and described. */
async function sendCall(draft: Draft, { api, intl }: SendingTools): Promise<string> {
  const { key } = draft;
  const callerName = draft.callerName.trim() || null;
  const callerNumber = draft.callerNumber.trim() || null;
  const callId = draft.callId ?? draft.newCallId;
  if (draft.callId === null) {
    const body = { callId, channel: 'voice' as const, callerNumber, location: placed(draft, intl) };
    await unlessDone('call-already-known', () => api.receiveCall(`${key}.call.${hash(body)}`, body));
    await unlessDone('call-already-answered', () => api.answerCall(`${key}.answer`, callId));
  }
  if (callerName !== null || (draft.callId !== null && callerNumber !== null)) {
    const caller = { callerName, callerNumber };
    await api.describeCaller(`${key}.caller.${hash(caller)}`, callId, caller);
  }
  return callId;
}

/** A call may come without a place. */
function placed(draft: Draft, intl: Language) {
  const location = locationOf(draft, intl);
  return location.position || location.words ? location : null;
}

/** The key of a request: what is sent after so many others is sent once. */
function stepOf(key: string, tools: SendingTools, name: string, content: unknown): string {
  return `${key}.${getDraft(key, tools).opened?.count ?? 0}.${name}.${hash(content)}`;
}

async function sendFacts(key: string, tools: SendingTools): Promise<void> {
  const { api, catalogue, intl } = tools;
  const draft = getDraft(key, tools);
  const { incidentId, callId, newCallId, opened } = draft;
  const step = (name: string, content: unknown): string => stepOf(key, tools, name, content);
  if (!opened) return;
  if (opened.location !== locationMark(draft) && placed(draft, intl)) {
    const location = locationOf(draft, intl);
    await api.locate(step('place', location), incidentId, location);
    settle(key, tools, {}, { location: locationMark(draft) });
  }
  const classified = classificationOf(draft, catalogue);
  if (classified && (opened.typeCode !== classified.typeCode || opened.priority !== classified.priority)) {
    const { typeCode, priority } = classified;
    await api.classify(step('type', classified), incidentId, typeCode, priority);
    settle(key, tools, {}, { typeCode, priority });
  }
  if (opened.caller !== callerMark(draft)) {
    const caller = {
      callerName: draft.callerName.trim() || null,
      callerNumber: draft.callerNumber.trim() || null,
    };
    await api.describeCaller(step('caller', caller), callId ?? newCallId, caller);
    settle(key, tools, {}, { caller: callerMark(draft) });
  }
  const { card } = factsOf(draft, catalogue);
  if (card && JSON.stringify(opened.answers) !== JSON.stringify(draft.answers)) {
    const text = answersText(card, newAnswers(draft, opened), intl);
    if (text) await api.addNote(step('answers', text), incidentId, text);
    settle(key, tools, {}, { answers: draft.answers });
  }
}

async function sendNote(key: string, tools: SendingTools): Promise<void> {
  const draft = getDraft(key, tools);
  const note = draft.note.trim().slice(0, NOTE_LIMIT);
  if (note === '') return;
  await tools.api.addNote(stepOf(key, tools, 'note', note), draft.incidentId, note);
  tools.store.change(key, (now) => ({ note: restOf(now.note, draft.note) }));
  settle(key, tools);
}

const newAnswers = (draft: Draft, sent: Sent): Draft['answers'] =>
  Object.fromEntries(
    Object.entries(draft.answers).filter(([question, answer]) => sent.answers[question] !== answer),
  );

/** Notes that something has been settled with the server. */
function settle(
  key: string,
  { store }: SendingTools,
  part: Partial<Draft> = {},
  sent: Partial<Sent> = {},
): void {
  store.change(key, ({ opened }) => ({
    ...part,
    opened: opened && { ...opened, ...sent, count: opened.count + 1 },
  }));
}

function getDraft(key: string, { store }: SendingTools): Draft {
  const draft = store.find(key);
  if (!draft) throw new Error('the draft has been put away');
  return draft;
}

/** Type and priority as they are sent; `null` as priority leaves it to the type. */
function classificationOf(
  draft: Draft,
  catalogue: CatalogueIndex,
): { readonly typeCode: string; readonly priority: Priority | null } | null {
  if (draft.typeCode === null) return null;
  const { priority } = factsOf(draft, catalogue);
  const ofType = catalogue.findType(draft.typeCode)?.priority;
  return {
    typeCode: draft.typeCode,
    priority: priority === ofType && draft.priority === null ? null : priority,
  };
}

const locationMark = ({ words, position, method }: Draft): string =>
  markOf({ words: words.trim() || null, position, method: position ? method : 'words' });

const markOf = (location: Pick<Location, 'words' | 'position' | 'method'> | null): string =>
  JSON.stringify([location?.words ?? null, location?.position ?? null, location?.method ?? null]);

const callerMark = ({ callerName, callerNumber }: Draft): string =>
  JSON.stringify([callerName.trim(), callerNumber.trim()]);

/** What has been typed on to a note since it was sent. */
const restOf = (now: string, sent: string): string =>
  now.startsWith(sent) ? now.slice(sent.length).trimStart() : now;

/** Another content is another request: after a refusal the corrected draft must not go out under the spent key. */
function hash(content: unknown): string {
  let value = 0;
  for (const character of JSON.stringify(content))
    value = (Math.imul(value, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return (value >>> 0).toString(36);
}

async function unlessDone(
  code: 'call-already-known' | 'call-already-answered',
  run: () => Promise<unknown>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof ProblemError && error.is(code))) throw error;
  }
}
