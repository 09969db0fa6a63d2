import { distance, type LonLat, metres } from '@lamplight/base';
import { Button, ProblemError, Segmented, useIntl } from '@lamplight/ui';
import { type ReactNode, useCallback, useState } from 'react';
import { usePolling } from '../state/polling.js';
import { useServer } from '../state/server.js';
import type { BoardMap } from './board-map.js';
import { ringArea } from './mercator.js';

type MeasuredKind = 'line' | 'polygon';

export interface MeasureState {
  /** What is being measured; `null` while nothing is. */
  readonly sketch: { readonly kind: MeasuredKind; readonly points: readonly LonLat[] } | null;
  /** Begins, at a place or with nothing. */
  begin(from: LonLat | null): void;
  change(points: readonly LonLat[]): void;
  setKind(kind: MeasuredKind): void;
  end(): void;
}

export function useMeasure(): MeasureState {
  const [sketch, setSketch] = useState<MeasureState['sketch']>(null);
  return {
    sketch,
    begin: useCallback((from: LonLat | null) => setSketch({ kind: 'line', points: from ? [from] : [] }), []),
    change: (points) => setSketch((before) => before && { ...before, points }),
    setKind: (kind) => setSketch((before) => before && { ...before, kind }),
    end: () => setSketch(null),
  };
}

const KINDS = ['line', 'polygon'] as const;

/** Length of a line and how long it takes to drive from its first point to its last, or the area inside an outline. */
export function Measure({
  map,
  measure,
}: {
  readonly map: BoardMap | null;
  readonly measure: MeasureState;
}): ReactNode {
  const { t } = useIntl();
  const { sketch } = measure;
  if (!sketch) return null;
  const { kind, points } = sketch;
  return (
    <section className="map-card measure" aria-label={t('measure.title')}>
      <Segmented
        label={t('measure.what')}
        hideLabel
        value={kind}
        choices={KINDS.map((id) => ({ id, label: t(`measure.${id}`) }))}
        onChange={measure.setKind}
      />
      {kind === 'line' ? <Length points={points} /> : <Area points={points} />}
      <p className="muted">{t('sketch.hint')}</p>
      <div className="map-card-actions">
        <Button size="small" isDisabled={points.length === 0} onPress={() => map?.undo()}>
          {t('sketch.undo')}
        </Button>
        <Button size="small" isDisabled={points.length === 0} onPress={() => measure.change([])}>
          {t('sketch.clear')}
        </Button>
        <Button size="small" onPress={measure.end}>
          {t('measure.end')}
        </Button>
      </div>
    </section>
  );
}

function Length({ points }: { readonly points: readonly LonLat[] }): ReactNode {
  const { t, distance: text, duration, problem } = useIntl();
  const { api, info } = useServer();
  const [first, last] = [points[0], points.at(-1)];
  const length = points
    .slice(1)
    .reduce((sum, point, index) => sum + distance(points[index] ?? point, point), 0);
  const subject =
    info.network && first && last && points.length > 1 ? `${first.join()} ${last.join()}` : null;
  const { value, error } = usePolling(subject, null, async () =>
    first && last ? ((await api.ways(first, last)).routes[0] ?? null) : null,
  );
  const noWay = error instanceof ProblemError && (error.is('off-network') || error.is('unreachable'));
  return (
    <div role="status" className="measured">
      <strong>{points.length < 2 ? t('measure.noLine') : text(metres(length))}</strong>
      {value ? (
        <p>
          {t('measure.drive', {
            distance: text(value.metres),
            p50: duration(value.eta.p50),
            p90: duration(value.eta.p90),
          })}
        </p>
      ) : null}
      {error === null ? null : <p>{noWay ? t('measure.noWay') : problem(error)}</p>}
    </div>
  );
}

function Area({ points }: { readonly points: readonly LonLat[] }): ReactNode {
  const { t, locale, distance: text } = useIntl();
  if (points.length < 3) {
    return (
      <p role="status" className="measured">
        <strong>{t('measure.noArea')}</strong>
      </p>
    );
  }
  const area = ringArea(points);
  const edge = points.reduce(
    (sum, point, index) => sum + distance(point, points[(index + 1) % points.length] ?? point),
    0,
  );
  const number = (value: number): string =>
    new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(value);
  return (
    <div role="status" className="measured">
      <strong>
        {area < 100_000
          ? t('measure.squareMetres', { area: number(area) })
          : t('measure.squareKilometres', { area: number(area / 1e6) })}
      </strong>
      <p>{t('measure.around', { distance: text(metres(edge)) })}</p>
    </div>
  );
}
