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
import { type FormEvent, type ReactNode, useState } from 'react';
import { Switch } from 'react-aria-components';
import { useDeskState, usePicking } from '../desk/desk.js';
import { useAction } from '../state/action.js';
import { useServer } from '../state/server.js';
import { readWallClock } from '../state/wall-clock.js';
import { readPositions, writePositions } from './positions-text.js';

type Declaration = Parameters<Api['declareCondition']>[1];

const KINDS = ['street', 'polygon', 'line'] as const;
const EFFECTS = ['closed', 'slowed'] as const;

const EMPTY = {
  kind: 'street' as (typeof KINDS)[number],
  street: '',
  onlyInView: false,
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
  const { view } = useDeskState();
  const box = view?.box ?? null;
  const { t, zone, problem } = useIntl();
  const { api } = useServer();
  const [form, setForm] = useState<Form>(EMPTY);
  const declare = useAction((key, body: Declaration) => api.declareCondition(key, body));
  const change = (part: Partial<Form>): void => setForm((before) => ({ ...before, ...part }));
  const { kind } = form;
  const drawn = kind !== 'street';

  usePicking('roads', drawn, (at) =>
    change({ positions: `${form.positions.trimEnd()}\n${writePositions([at])}`.trimStart() }),
  );

  const read = readPositions(form.positions);
  const declaration = declarationOf(form, read.ok ? read.positions : [], box, zone);
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
            value={form.street}
            onChange={(street) => change({ street })}
            autoFocus
            isRequired
          />
          <Switch
            className="switch"
            isSelected={form.onlyInView}
            onChange={(onlyInView) => change({ onlyInView })}
          >
            <span className="switch-track" aria-hidden="true" />
            {t('roads.onlyInView')}
          </Switch>
        </>
      ) : (
        <>
          <TextAreaInput
            label={t(kind === 'polygon' ? 'roads.corners' : 'roads.positions')}
            hint={read.ok ? t('roads.positionsHint') : t('roads.positionWrong', { line: read.line })}
            rows={4}
            value={form.positions}
            onChange={(positions) => change({ positions })}
            isRequired
          />
          <div className="condition-actions">
            {kind === 'polygon' ? (
              <Button
                size="small"
                isDisabled={box === null}
                onPress={() => box && change({ positions: writePositions(cornersOf(box)) })}
              >
                {t('roads.useView')}
              </Button>
            ) : null}
            <Button size="small" variant="quiet" onPress={() => change({ positions: '' })}>
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

/** What the form says; `null` while something is missing. What it means is for the server to judge. */
function declarationOf(
  form: Form,
  positions: readonly LonLat[],
  view: BoundingBox | null,
  zone: string,
): Declaration | null {
  const [from, to] = [readWallClock(form.from, zone), readWallClock(form.to, zone)];
  const place = placeOf(form, positions, view);
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
  { kind, street, onlyInView, width, direction }: Form,
  positions: readonly LonLat[],
  view: BoundingBox | null,
): Declaration['place'] | null {
  switch (kind) {
    case 'street':
      if (street.trim() === '') return null;
      return { kind, name: street, within: onlyInView ? view : null };
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
