import { Button, useIntl } from '@lamplight/ui';
import type { ReactNode } from 'react';
import { toCsv } from './csv.js';
import type { ExportTable } from './table.js';

/** Takes tables out of the page: the first as CSV, all of them as one workbook. Made here, nothing is sent. */
export function ExportButtons({
  name,
  tables,
}: {
  /** The name of the file, without its ending. */
  readonly name: string;
  readonly tables: readonly ExportTable[];
}): ReactNode {
  const { t, zone } = useIntl();
  const [first] = tables;
  return (
    <div className="export-buttons no-print">
      <Button
        size="small"
        isDisabled={!first}
        onPress={() => {
          if (first) save(`${name}.csv`, 'text/csv;charset=utf-8', toCsv(first, zone));
        }}
      >
        {t('after.csv')}
      </Button>
      <Button
        size="small"
        isDisabled={!first}
        onPress={async () => {
          const { toXlsx } = await import('./xlsx.js');
          save(
            `${name}.xlsx`,
            'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            toXlsx(tables, zone),
          );
        }}
      >
        {t('after.xlsx')}
      </Button>
    </div>
  );
}

function save(name: string, type: string, content: string | Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
