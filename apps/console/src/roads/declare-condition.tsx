import { type BoundingBox, formatInstant, type LonLat, metres } from '@lamplight/base';
import {
  type Api,
  Button,
  DRIVING_DIRECTIONS,
  type DrivingDirection,
  Notice,
  Segmented,
  SelectInput,
  TextAreaInput,
  TextInput,
  useIntl,
} from '@lamplight/ui';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useDesk, useDeskState } from '../desk/desk.js';
import type { Sketch } from '../desk/desk-store.js';
import { boxAround } from '../map/mercator.js';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import { useStable } from '../state/stable.js';
import { readWallClock } from '../state/wall-clock.js';
import { readPositions, writePositions } from './positions-text.js';
import { useRoadPreview } from './road-preview.js';

type Declaration = Parameters<Api['declareCondition']>[1];

const KINDS = ['street', 'line', 'polygon'] as const satisfies readonly Sketch['kind'][];
const EFFECTS = ['closed', 'slowed'] as const;
/** How much of a street is meant: all of it, what lies around the place that was pressed, what the map shows. */
const EXTENTS = ['whole', 'near', 'view'] as const;
const NEAR = metres(150);

const EMPTY = {
  kind: 'street' as (typeof KINDS)[number],
  street: '',
  extent: 'whole' as (typeof EXTENTS)[number],
  positions: '',
  width: '20',
  direction: 'both' as DrivingDirection,
  effect: 'closed' as (typeof EFFECTS)[number],
  percent: '50',
  from: '',
  to: '',
  source: '',
  reason: '',
};
type Form = typeof EMPTY;

/** The order of the fields is the order in which it is told: where, what, from when to when, and on whose word. */
export function DeclareCondition({ onDone }: { onDone(): void }): ReactNode {
  const { store } = useDesk();
  const { view, sketch } = useDeskState();
  const box = view?.box ?? null;
  const { t, zone, problem } = useIntl();
  const { api } = useServer();
  const [form, setForm] = useState<Form>(() => ({ ...EMPTY, kind: sketch?.kind ?? 'street' }));
  const declare = useAction((key, body: Declaration) => api.declareCondition(key, body));
  const change = (part: Partial<Form>): void => setForm((before) => ({ ...before, ...part }));
  const { kind } = form;
  const read = readPositions(form.positions);
  const pointed = sketch?.kind === 'street' ? (sketch.points[0] ?? null) : null;
  const place = placeOf(form, read.ok ? read.positions : [], box, pointed);
  useSketch(form, place, change);
  const type = (positions: string): void => {
    change({ positions });
    const typed = readPositions(positions);
    const before = store.getState().sketch;
    if (typed.ok && before?.kind === kind) store.change({ sketch: { ...before, points: typed.positions } });
  };
  useStreetAt(pointed, (street) => change({ street, extent: 'near' }));
  const preview = useRoadPreview(place);

  const declaration = declarationOf(form, place, zone);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (declaration && (await declare.run(declaration))) onDone();
  };
  return (
    <form className="ll-form" onSubmit={(event) => void submit(event)} aria-label={t('roads.declareTitle')}>
      <Segmented
        label={t('roads.where')}
        value={kind}
        choices={KINDS.map((id) => ({ id, label: t(`roads.kind.${id}`) }))}
        onChange={(chosen) => change({ kind: chosen })}
      />
      {kind === 'street' ? (
        <>
          <TextInput
            label={t('roads.street')}
            hint={t('roads.streetHint')}
            value={form.street}
            onChange={(street) => change({ street })}
            autoFocus
            isRequired
          />
          <SelectInput
            label={t('roads.extent')}
            value={form.extent}
            choices={EXTENTS.filter((id) => id !== 'near' || pointed !== null).map((id) => ({
              id,
              label: t(`roads.extent.${id}`),
            }))}
            onChange={(extent) => change({ extent })}
          />
        </>
      ) : (
        <>
          <TextAreaInput
            label={t(kind === 'polygon' ? 'roads.corners' : 'roads.positions')}
            hint={read.ok ? t('roads.positionsHint') : t('roads.positionWrong', { line: read.line })}
            rows={4}
            value={form.positions}
            onChange={type}
            isRequired
          />
          <div className="condition-actions">
            {kind === 'polygon' ? (
              <Button
                size="small"
                isDisabled={box === null}
                onPress={() => box && type(writePositions(cornersOf(box)))}
              >
                {t('roads.useView')}
              </Button>
            ) : null}
            <Button size="small" variant="quiet" onPress={() => type('')}>
              {t('roads.clearPositions')}
            </Button>
          </div>
        </>
      )}
      {kind === 'line' ? (
        <>
          <TextInput
            label={t('roads.width')}
            value={form.width}
            onChange={(width) => change({ width })}
            isRequired
          />
          <SelectInput
            label={t('roads.direction')}
            value={form.direction}
            choices={DRIVING_DIRECTIONS.map((id) => ({ id, label: t(`roads.direction.${id}`) }))}
            onChange={(direction) => change({ direction })}
          />
        </>
      ) : null}
      <p role="status" className={preview?.matched === 0 ? 'bad' : 'muted'}>
        {preview ? <Matched preview={preview} /> : ''}
      </p>
      <Segmented
        label={t('roads.effect')}
        value={form.effect}
        choices={EFFECTS.map((id) => ({ id, label: t(`roads.effect.${id}`) }))}
        onChange={(effect) => change({ effect })}
      />
      {form.effect === 'slowed' ? (
        <TextInput
          label={t('roads.factor')}
          value={form.percent}
          onChange={(percent) => change({ percent })}
          isRequired
        />
      ) : null}
      <TextInput
        label={t('roads.begin')}
        hint={t('roads.beginHint')}
        type="datetime-local"
        value={form.from}
        onChange={(from) => change({ from })}
      />
      <TextInput
        label={t('roads.end')}
        hint={t('roads.endHint')}
        type="datetime-local"
        value={form.to}
        onChange={(to) => change({ to })}
      />
      <TextInput
        label={t('roads.sourceLabel')}
        hint={t('roads.sourceHint')}
        value={form.source}
        onChange={(source) => change({ source })}
        isRequired
      />
      <TextInput
        label={t('common.reason')}
        hint={t('common.reasonHint')}
        value={form.reason}
        onChange={(reason) => change({ reason })}
        isRequired
      />
      {declare.error === null ? null : <Notice tone="refusal">{problem(declare.error)}</Notice>}
      <div className="ll-actions">
        <Button onPress={onDone}>{t('common.cancel')}</Button>
        <Button
          variant="primary"
          type="submit"
          isDisabled={declare.pending || declaration === null || !read.ok}
        >
          {t('roads.declareTitle')}
        </Button>
      </div>
    </form>
  );
}

/** What the streets are that it would bear on, in words; the map marks them. */
function Matched({
  preview: { matched, streets, streetsLeftOut },
}: {
  readonly preview: NonNullable<ReturnType<typeof useRoadPreview>>;
}): ReactNode {
  const { t, list } = useIntl();
  if (matched === 0) return t('roads.matchesNothing');
  const named =
    streetsLeftOut > 0 ? [...streets, t('roads.moreStreets', { count: streetsLeftOut })] : streets;
  return `${t('roads.matched', { count: matched })}${named.length > 0 ? `: ${list(named)}` : ''}`;
}

/**
 * Keeps the form and what is drawn on the map the same: points that are set on the map stand in the form as text, and
 * text that is typed is drawn there. Nothing is drawn any more once the form is gone.
 */
function useSketch(form: Form, place: Sketch['place'], change: (part: Partial<Form>) => void): void {
  const { store } = useDesk();
  const { sketch } = useDeskState();
  const { kind, positions } = form;
  const take = useStable((points: readonly LonLat[]) => change({ positions: writePositions(points) }));
  const text = useRef(positions);
  text.current = positions;

  // From the map to the form: what is there already, to the last digit written, is no news.
  const drawn = sketch && sketch.kind !== 'street' && sketch.kind === kind ? sketch.points : null;
  const drawnText = drawn && writePositions(drawn);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is drawn on the map is news here
  useEffect(() => {
    if (drawn && drawnText !== null && drawnText !== textOf(positions)) take(drawn);
  }, [drawnText, take]);

  useEffect(() => {
    if (store.getState().sketch?.kind === kind) return;
    const typed = readPositions(text.current);
    store.change({
      sketch: { kind, points: kind !== 'street' && typed.ok ? typed.positions : [], place: null },
    });
  }, [store, kind]);
  const placeText = JSON.stringify(place);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says which place it is
  useEffect(() => {
    const before = store.getState().sketch;
    if (before?.kind === kind) store.change({ sketch: { ...before, place } });
  }, [store, kind, placeText]);
  useEffect(() => () => store.change({ sketch: null }), [store]);
}

/** Positions as they are written; what cannot be read stands for itself. */
function textOf(positions: string): string {
  const read = readPositions(positions);
  return read.ok ? writePositions(read.positions) : positions;
}

/** Finds the name of the street at a place that was pressed on the map. */
function useStreetAt(at: LonLat | null, found: (street: string) => void): void {
  const { api } = useServer();
  const take = useStable(found);
  const asked = at?.join() ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says which place it is
  useEffect(() => {
    if (!at) return;
    let outdated = false;
    api.streetAt(at).then(
      ({ name }) => {
        if (!outdated && name !== null) take(name);
      },
      // No roads are loaded: the name can be typed.
      () => undefined,
    );
    return () => {
      outdated = true;
    };
  }, [asked, api, take]);
}

/** What the form says; `null` while something is missing. What it means is for the server to judge. */
function declarationOf(form: Form, place: Sketch['place'], zone: string): Declaration | null {
  const [from, to] = [readWallClock(form.from, zone), readWallClock(form.to, zone)];
  const percent = Number(form.percent);
  const said = form.source.trim() !== '' && form.reason.trim() !== '';
  if (!place || !said || (form.from !== '' && from === null) || (form.to !== '' && to === null)) return null;
  if (form.effect === 'slowed' && (form.percent.trim() === '' || !Number.isFinite(percent))) return null;
  return {
    effect: form.effect === 'closed' ? { kind: 'closed' } : { kind: 'slowed', factor: percent / 100 },
    place,
    from: from === null ? null : formatInstant(from),
    to: to === null ? null : formatInstant(to),
    source: form.source,
    reason: form.reason,
  };
}

function placeOf(
  { kind, street, extent, width, direction }: Form,
  positions: readonly LonLat[],
  view: BoundingBox | null,
  pointed: LonLat | null,
): Sketch['place'] {
  switch (kind) {
    case 'street': {
      if (street.trim() === '') return null;
      const near = extent === 'near' && pointed ? boxAround(pointed, NEAR) : null;
      return { kind, name: street, within: extent === 'view' ? view : near };
    }
    case 'polygon':
      return positions.length === 0 ? null : { kind, rings: [[...positions]] };
    case 'line': {
      const wide = Number(width);
      if (positions.length === 0 || width.trim() === '' || !Number.isFinite(wide)) return null;
      return { kind, points: [...positions], width: metres(wide), direction };
    }
  }
}

const cornersOf = ([west, south, east, north]: BoundingBox): LonLat[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];
