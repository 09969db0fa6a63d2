import { PAPER_STAGES } from '@lamplight/contracts';
import { LampMark, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { useServer } from '../state/server.js';

const NOTE_LINES = 9;
const UNIT_LINES = 6;

/** A card to be filled in by hand; what it asks for, and in what order, is what the entry page asks for. */
export function BlankCard(): ReactNode {
  const { t, name, locale } = useIntl();
  const { info } = useServer();
  return (
    <article className="paper-sheet paper-form" lang={locale}>
      <header className="paper-head">
        <LampMark />
        <h2>{t('paper.form')}</h2>
        <span>{name(info.name)}</span>
        <Blank label={t('paper.number')} />
      </header>
      <div className="paper-row">
        <Blank label={t('paper.rang')} />
        <Blank label={t('paper.answered')} />
        <Blank label={t('paper.taker')} />
      </div>
      <div className="paper-row">
        <Blank label={t('paper.callerName')} />
        <Blank label={t('paper.callerNumber')} />
      </div>
      <div className="paper-row paper-tall">
        <Blank label={t('paper.place')} />
      </div>
      <div className="paper-row">
        <Blank label={t('paper.type')} wide />
        <Blank label={`${t('paper.priority')}   1   2   3   4   5`} />
      </div>
      <table className="paper-table">
        <caption>{t('paper.notes')}</caption>
        <thead>
          <tr>
            <th scope="col" className="paper-time">
              {t('paper.noteAt')}
            </th>
            <th scope="col">{t('paper.noteText')}</th>
          </tr>
        </thead>
        <tbody>
          <BlankLines lines={NOTE_LINES} columns={2} />
        </tbody>
      </table>
      <table className="paper-table">
        <caption>{t('paper.orders')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('paper.unit')}</th>
            {PAPER_STAGES.map((stage) => (
              <th key={stage} scope="col">
                {t(`paper.stage.${stage}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <BlankLines lines={UNIT_LINES} columns={PAPER_STAGES.length + 1} />
        </tbody>
      </table>
      <div className="paper-row">
        <Blank label={t('paper.closed')} />
        <Blank label={t('paper.disposition')} wide />
      </div>
    </article>
  );
}

function Blank({ label, wide = false }: { readonly label: string; readonly wide?: boolean }): ReactNode {
  return <span className={`paper-blank ${wide ? 'paper-wide' : ''}`}>{label}</span>;
}

/** Rows with nothing in them yet. */
export function BlankLines({
  lines,
  columns,
}: {
  readonly lines: number;
  readonly columns: number;
}): ReactNode {
  return Array.from({ length: lines }, (_, line) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines are alike and never move
    <tr key={line} className="paper-line">
      {Array.from({ length: columns }, (_each, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: so are cells
        <td key={column} />
      ))}
    </tr>
  ));
}
