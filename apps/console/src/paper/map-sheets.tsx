import type { BoundingBox } from '@lamplight/base';
import { Button, Notice, useIntl } from '@lamplight/ui';
import { type ReactNode, useState } from 'react';
import { useBoardStore } from '../state/live-board.js';
import { useServer } from '../state/server.js';
import type { DrawnSheet } from './draw-sheets.js';

/** The city on sheets of a grid, drawn when asked for. */
export function MapSheets({ foot }: { readonly foot: ReactNode }): ReactNode {
  const { t } = useIntl();
  const { info } = useServer();
  if (!info.network) {
    return (
      <div className="paper-tools">
        <Notice>{t('paper.noNetwork')}</Notice>
      </div>
    );
  }
  return <Sheets bounds={info.network.bounds} foot={foot} />;
}

function Sheets({ bounds, foot }: { readonly bounds: BoundingBox; readonly foot: ReactNode }): ReactNode {
  const intl = useIntl();
  const { t } = intl;
  const store = useBoardStore();
  const [sheets, setSheets] = useState<readonly DrawnSheet[]>([]);
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number } | null>(null);
  const [failed, setFailed] = useState(false);

  const draw = async (): Promise<void> => {
    setFailed(false);
    setProgress({ done: 1, total: 1 });
    try {
      // The map's own code, of use to nobody who only looks at the cards.
      const { drawSheets } = await import('./draw-sheets.js');
      const { board } = store.getSnapshot();
      setSheets(await drawSheets(bounds, board, intl.locale, (done, total) => setProgress({ done, total })));
    } catch {
      setFailed(true);
    }
    setProgress(null);
  };
  return (
    <>
      <div className="paper-tools">
        <Button onPress={() => void draw()} isDisabled={progress !== null}>
          {t('paper.drawMaps')}
        </Button>
        {progress === null ? null : <p role="status">{t('paper.drawing', progress)}</p>}
        {failed ? <Notice tone="warning">{t('paper.mapsFailed')}</Notice> : null}
        {sheets.length === 0 && progress === null && !failed ? (
          <p className="muted">{t('paper.mapsNone')}</p>
        ) : null}
      </div>
      {sheets.map((sheet) => {
        const title = sheet.name === null ? t('paper.overview') : t('paper.sheet', { name: sheet.name });
        return (
          <article key={title} className="paper-sheet paper-map" aria-label={title}>
            <h2>{title}</h2>
            <svg viewBox={`0 0 ${sheet.width} ${sheet.height}`} role="img" aria-label={title}>
              <image href={sheet.image} width={sheet.width} height={sheet.height} />
              {sheet.frames.map(({ name, x, y, width, height }) => (
                <g key={name}>
                  <rect x={x} y={y} width={width} height={height} className="paper-frame" />
                  <text x={x + 10} y={y + 34} className="paper-frame-name">
                    {name}
                  </text>
                </g>
              ))}
              {sheet.marks.map(({ id, kind, label, x, y }) => (
                <g key={id} transform={`translate(${x} ${y})`}>
                  {kind === 'incident' ? (
                    <path d="M0 -11 L11 0 L0 11 L-11 0 Z" className="paper-mark" />
                  ) : (
                    <circle r="6" className="paper-mark paper-mark-unit" />
                  )}
                  <text x="13" y="5" className="paper-mark-name">
                    {label}
                  </text>
                </g>
              ))}
            </svg>
            {foot}
          </article>
        );
      })}
    </>
  );
}
